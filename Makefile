.PHONY: run test check fmt bench soak texts lock

run: ; @scripts/run
test: ; @scripts/test
check: ; @scripts/check
fmt: ; @scripts/fmt
bench: ; @scripts/bench
soak: ; @scripts/soak
texts: ; @.venv/bin/python -m mikrokraad.config.texts update
lock: ; @scripts/lock
