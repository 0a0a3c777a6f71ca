#!/usr/bin/env bash
# Packs every package and checks that each holds the README, the licence, documentation and symbols.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packages=artifacts/package/release
rm -rf "$packages"
dotnet pack -c Release --nologo -v quiet || exit 1

status=0
complain() {
    echo "$1"
    status=1
}

# The names of a zip archive's entries are readable in it as they are.
holds() {
    grep -aq "$2" "$1"
}

count=0
for package in "$packages"/*.nupkg; do
    [[ -e $package ]] || { complain "No package was made."; break; }
    count=$((count + 1))
    holds "$package" README.md || complain "$package has no README.md."
    holds "$package" LICENSE || complain "$package has no LICENSE."
    holds "$package" 'PyRelationAL\.Net[^/]*\.xml\|pyrelational\.xml' || complain "$package has no documentation."
    symbols=${package%.nupkg}.snupkg
    if [[ ! -e $symbols ]]; then
        complain "$symbols is missing."
    elif ! holds "$symbols" '\.pdb'; then
        complain "$symbols has no symbols."
    fi
done

packable=0
for project in src/*/*.csproj; do
    # An adapter is packed only where its framework is there.
    [[ $(dotnet msbuild "$project" -getProperty:IsPackable) == true ]] && packable=$((packable + 1))
done
((count == packable)) || complain "$count packages were made of $packable projects."
((status == 0)) && echo "$count packages hold README, licence, documentation and symbols."
exit $status
