#!/bin/sh
# Checks and measures GAN Studio on this machine's GPU: run.sh [folder for the results]
#
# Needs Linux on x64 with a driver, and nothing else; PyTorch in a python3 is compared with where it is.
# Takes 8 minutes at most. Every result is written as it ends: *.json, logs/, and summary.txt at last.
#
#   OUT                folder for the results; by default results/ beside this file
#   GAN_KIT_PYTHON     a Python that has PyTorch; by default python3
#   GAN_KIT_SECONDS    time for everything; by default 470
#   GAN_KIT_TINY=1     everything as small as it can be, for a software adapter
#   GAN_KIT_ITEMS      devices, and what begins with one of these, as in "bench-dcgan-64,profile"; by default all
#   VK_ICD_FILENAMES   the Vulkan driver, as its loader takes it; by default whatever leads to a GPU
set -u

work=''
child=''

clean_up() {
  [ -z "$work" ] || rm -rf -- "$work"
}

give_up() {
  echo "$1" >&2
  [ -z "${results:-}" ] || echo "$1" > "$results/summary.txt"
  clean_up
  exit 1
}

interrupted() {
  trap '' TERM INT HUP
  if [ -n "$child" ]; then
    kill -TERM "$!" 2> /dev/null
    wait "$!" 2> /dev/null
  fi
  clean_up
  exit 143
}

# In the background, so that a signal is heard at once.
run() {
  child=starts
  "$@" &
  wait "$!"
  code=$?
  child=''
  return "$code"
}

# Whether a program can be started from a folder; some are mounted without that.
can_start_programs() {
  printf '#!/bin/sh\n' > "$1/program" && chmod +x "$1/program" && "$1/program" 2> /dev/null
}

# A new folder for a gigabyte of files, where there is room for them.
make_work_folder() {
  for place in "${TMPDIR:-}" /tmp /var/tmp /dev/shm "$results" "$here"; do
    [ -n "$place" ] && [ -d "$place" ] && [ -w "$place" ] || continue
    free=$(df -Pk -- "$place" 2> /dev/null | awk 'NR == 2 { print $4 }')
    [ "${free:-0}" -gt 1000000 ] || continue
    work=$(mktemp -d "$place/gan-gpu-kit.XXXXXX") || continue
    can_start_programs "$work" && return
    rm -rf -- "$work"
    work=''
  done
  give_up 'There is no folder with 1 GB of room in which programs can be started: name one in TMPDIR.'
}

# Unpacks an .xz file, by whatever this machine has for it.
unpack() {
  if command -v xz > /dev/null 2>&1; then
    run sh -c 'exec xz -dc -- "$1" > "$2"' sh "$1" "$2" && return
  fi
  [ -d "$work/xz" ] || { cp -R "$here/xz" "$work/xz" && chmod +x "$work/xz/ld.so" "$work/xz/xz"; }
  run sh -c 'exec "$3/ld.so" --library-path "$3" "$3/xz" -dc -- "$1" > "$2"' sh "$1" "$2" "$work/xz" && return
  run python3 -c 'import lzma, shutil, sys; shutil.copyfileobj(lzma.open(sys.argv[1]), open(sys.argv[2], "wb"))' "$1" "$2" && return
  give_up "$1 could not be unpacked: is it whole?"
}

trap interrupted TERM INT HUP
started=$(date +%s)
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
folder=${1:-${OUT:-$here/results}}
mkdir -p -- "$folder" || give_up "The folder for the results, $folder, cannot be made: name another one."
results=$(CDPATH='' cd -- "$folder" && pwd) || exit 1
[ -w "$results" ] || { folder=$results; results=''; give_up "$folder cannot be written to: name another folder."; }
make_work_folder

echo "Unpacking in $work …"
unpack "$here/node.xz" "$work/node"
chmod +x "$work/node"
for part in packages programs; do
  unpack "$here/$part.tar.xz" "$work/part.tar"
  run tar -xf "$work/part.tar" -C "$work" || give_up "$here/$part.tar.xz could not be unpacked."
  rm -f -- "$work/part.tar"
done

# Everything that is left behind is left in here.
mkdir "$work/tmp" "$work/home"
export TMPDIR="$work/tmp"
[ -n "${HOME:-}" ] && [ -w "$HOME" ] || export HOME="$work/home" XDG_CACHE_HOME="$work/home"
export GAN_KIT_RESULTS="$results" GAN_KIT_STARTED="$started" GAN_KIT_WORK="$work"
export GAN_KIT_LOADER="$here/vulkan-loader"
cd "$work" || exit 1
run ./node dist/test/gpu/kit.cjs
code=$?
cd "$here" || exit 1
clean_up
exit "$code"
