# Sourced by build.sh and the scripts beside this one, in the repository's root.
# English output that can be parsed, whatever the machine's language.
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# No build node stays behind, and none is shared with another build.
export MSBUILDDISABLENODEREUSE=1

say() { printf '%s\n' "$*"; }
fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

torch_props=eng/torch.local.props

# The provider that setup chose.
torch_provider() { sed -n 's/.*<TorchProvider[^>]*>\([a-z]*\)<.*/\1/p' "$torch_props" 2>/dev/null || true; }

# Lock files are kept for the system provider alone, so only it can be restored in locked mode.
restore_options() {
  if [ "${CI:-}" = true ] && [ "$(torch_provider)" = system ]; then echo -p:RestoreLockedMode=true; fi
}

# $1 a file that holds the hash, the rest: what is hashed.
is_fresh() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }
