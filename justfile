# Everyday commands, for https://just.systems; `just check` is what CI runs after installing.

python := ".venv/bin/python"

# Show this list.
default:
    @just --list

# Make .venv with all that development needs, and check before each commit.
setup:
    python3 -m venv .venv
    .venv/bin/pip install --editable '.[dev]'
    .venv/bin/pre-commit install

# All of the below.
check: lint types test examples

# Look for what `just format` would mend, and for what it can't.
lint:
    {{python}} -m ruff format --check .
    {{python}} -m ruff check .

# Put the code into its one form.
format:
    {{python}} -m ruff format .
    {{python}} -m ruff check --fix .

# Check the types.
types:
    {{python}} -m mypy

# Run the tests; arguments are pytest's.
test *arguments:
    {{python}} -m pytest {{arguments}}

# Throw so many configs, tables and changes of each of five kinds at the command line.
fuzz cases="4000":
    FUZZ_CASES={{cases}} {{python}} -m pytest tests/cli/test_fuzz.py

# Train every example at its real size.
examples:
    for config in $(grep -l '^data:' configs/*.yaml); do \
        .venv/bin/nncli train "$config" --progress none || exit 1; \
    done

# Write docs/*.md anew, from the commands and the config's classes.
docs:
    {{python}} -m docs.generate

# Draw the README's pictures anew.
pictures:
    for name in mnist_mlp pima auto_mpg; do \
        .venv/bin/nncli train configs/$name.yaml --name $name --runs-dir build/pictures --quiet || exit 1; \
    done
    cp build/pictures/mnist_mlp/plots/accuracy.png docs/images/digits_accuracy.png
    cp build/pictures/mnist_mlp/plots/confusion_matrix.png docs/images/digits_confusion.png
    cp build/pictures/pima/plots/roc.png docs/images/pima_roc.png
    cp build/pictures/auto_mpg/plots/residuals.png docs/images/mpg_residuals.png
    rm -r build/pictures

# What takes long: kill and resume 200 trainings, alter 100,000 run files, fill a small disk (that needs root).
stress:
    {{python}} -m tests.stress.kills 200
    {{python}} -m tests.stress.fuzz 100000
    {{python}} -m tests.stress.faults
