import time

while True:
    time.sleep(0.01)  # an import without end is what is tested; a busy loop would take the core from the test
