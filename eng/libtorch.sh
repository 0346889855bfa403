# The machine's libtorch, and the shim compiled against it. Sourced by setup.sh.
# find_libtorch sets torch_includes (compiler options), torch_lib (folder) and torch_own (1 outside the system's paths).

apt_packages="libtorch-dev libopenblas0-pthread g++"

find_libtorch() {
  if [ -n "${TORCH_HOME:-}" ]; then
    use_folder "$TORCH_HOME" || fail "TORCH_HOME=$TORCH_HOME holds no libtorch: it must have include/ and lib/libtorch_cpu.so"
    return
  fi
  use_system && return
  local folder
  folder=$(python3 -c 'import importlib.util as u; print(u.find_spec("torch").submodule_search_locations[0])' 2>/dev/null) &&
    use_folder "$folder"
}

use_folder() {
  [ -f "$1/lib/libtorch_cpu.so" ] && [ -f "$1/include/torch/csrc/api/include/torch/version.h" ] || return 1
  torch_includes="-I$1/include -I$1/include/torch/csrc/api/include"
  torch_version_file=$1/include/torch/csrc/api/include/torch/version.h
  torch_lib=$(cd "$1/lib" && pwd)
  torch_own=1
}

use_system() {
  torch_version_file=/usr/include/torch/csrc/api/include/torch/version.h
  [ -f "$torch_version_file" ] || return 1
  local found
  for found in /usr/lib/*/libtorch_cpu.so /usr/lib/libtorch_cpu.so; do
    [ -e "$found" ] || continue
    torch_includes=-I/usr/include/torch/csrc/api/include
    torch_lib=${found%/*}
    torch_own=0
    return 0
  done
  return 1
}

# Debian's libtorch takes any BLAS: the reference one makes matrix products thirty times slower.
has_fast_blas() {
  [ "$torch_own" = 1 ] && return
  case "$(readlink -f "$torch_lib/libblas.so.3")" in *openblas* | *mkl* | *blis* | *atlas*) return 0 ;; *) return 1 ;; esac
}

install_libtorch() {
  local missing=$1
  local advice="install them (Debian, Ubuntu: apt-get install $apt_packages) or set TORCH_HOME"
  command -v apt-get >/dev/null || fail "missing: $missing; there is no apt-get here: $advice"
  [ "$(id -u)" = 0 ] || fail "missing: $missing; not root: $advice"
  say "installing $apt_packages (missing: $missing)"
  mkdir -p artifacts/setup
  {
    export DEBIAN_FRONTEND=noninteractive
    apt-get -o Acquire::Retries=2 -o Acquire::http::Timeout=30 update &&
      apt-get -o Acquire::Retries=2 install -y --no-install-recommends $apt_packages
  } >artifacts/setup/apt.log 2>&1 </dev/null ||
    fail "missing: $missing; apt-get could not install $apt_packages (no network? see artifacts/setup/apt.log)"
}

build_shim() {
  local missing=
  find_libtorch || missing="libtorch"
  command -v g++ >/dev/null || missing="${missing:+$missing and }g++"
  if [ -z "$missing" ] && ! has_fast_blas; then
    # It works without, only slowly: no reason to stop where nothing can be installed.
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      missing="a fast BLAS"
    else
      say "note: libtorch uses a slow BLAS here; libopenblas0-pthread makes it many times faster" >&2
    fi
  fi
  if [ -n "$missing" ]; then
    install_libtorch "$missing"
    find_libtorch || fail "libtorch-dev is installed, but holds no libtorch in /usr: set TORCH_HOME"
  fi
  compile_shim
}

torch_version() { sed -n 's/#define TORCH_VERSION_\(MAJOR\|MINOR\|PATCH\) \([0-9]*\).*/\2/p' "$torch_version_file" | paste -sd.; }

# libtorch and whatever links to it must agree on the layout of std::string.
cxx11_abi() { if grep -qa '_ZN3c105ErrorC[12]ENS_14SourceLocationENSt7__cxx11' "$torch_lib/libc10.so"; then echo 1; else echo 0; fi; }

compile_shim() {
  local source=src/Ptycho.LibTorch/native/shim.cpp target=artifacts/native/libPtychoTorchShim.so
  local stamp=artifacts/native/shim.stamp version flags hash
  version=$(torch_version)
  case "$version" in
    0.* | 1.[0-9].* | 1.1[012].*) fail "libtorch $version in $torch_lib is too old: 1.13 or later is needed" ;;
  esac
  # --no-as-needed: nothing here calls libtorch.so, but it is what brings CUDA in where there is CUDA.
  flags="-std=c++17 -O2 -fPIC -shared -fvisibility=hidden -D_GLIBCXX_USE_CXX11_ABI=$(cxx11_abi) $torch_includes"
  local links="-L$torch_lib -Wl,--no-as-needed -ltorch -Wl,--as-needed -ltorch_cpu -lc10"
  [ "$torch_own" = 0 ] || links="$links -Wl,-rpath,$torch_lib"
  hash=$(cat "$source" <(echo "$version $flags $links $(g++ -dumpfullversion)") | sha256sum)
  [ -f "$target" ] && is_fresh "$stamp" "$hash" && return
  say "compiling the shim against libtorch $version in $torch_lib"
  mkdir -p artifacts/native
  g++ $flags "$source" -o "$target.new" $links >artifacts/native/shim.log 2>&1 ||
    fail "the shim does not compile against libtorch $version in $torch_lib (see artifacts/native/shim.log)"
  mv "$target.new" "$target"
  printf '%s\n' "$hash" >"$stamp"
}
