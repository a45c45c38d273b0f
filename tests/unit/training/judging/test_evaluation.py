def test_figures_are_told_with_their_blocks() -> None:
    evaluation = Evaluation(
        subject=0.955,
        attribute=0.5,
        background=1.0,
        vae_psnr_db={"3D": 32.18},
        recogniser=0.98,
        kid=0.0123,
        seconds_per_image=0.61,
    )
    knockouts = Knockouts(0.5, {"mid_block": 0.25}, {"mid_block.a": 6.0})
    told = str(Figures(evaluation, knockouts)).splitlines()
    assert "main subject right      95.5%" in told
    assert "VAE, 3D                 32.2 dB" in told
    assert told[-1].split() == ["mid_block", "25.0%"]
    assert Figures(evaluation, None).to_json().keys() == evaluation.to_json().keys()
