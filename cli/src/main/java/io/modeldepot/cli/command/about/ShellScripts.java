package io.modeldepot.cli.command.about;

import java.util.ArrayList;
import java.util.List;

/**
 * Completion scripts. They read {@code ${XDG_CACHE_HOME:-~/.cache}/model-depot/names} and {@code
 * gpus} beside it; nothing in them starts the command.
 */
final class ShellScripts {
  private static final String PROGRAM = "manage-ai-models.sh";

  private ShellScripts() {}

  static String bash(CommandTree tree) {
    StringBuilder cases = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (CommandTree.Entry entry : tree.commands()) {
      cases.append(
          "    %s) words=\"%s\" models=%s ;;\n"
              .formatted(entry.name(), names(entry.flags()), entry.takesModels() ? 1 : 0));
    }
    for (CommandTree.Flag flag : all(tree)) {
      if (!flag.values().isEmpty()) {
        String names = "--output".equals(flag.name()) ? "-o|--output" : flag.name();
        values.append(
            "    %s) COMPREPLY=($(compgen -W '%s' -- \"$cur\")); return ;;\n"
                .formatted(names, String.join(" ", flag.values())));
      }
    }
    return """
        # bash completion for manage-ai-models.sh; no JVM is started by Tab
        _manage_ai_models() {
          local cur="${COMP_WORDS[COMP_CWORD]}" prev="" cmd="" i words="" models=0 names=""
          [ "$COMP_CWORD" -gt 0 ] && prev="${COMP_WORDS[COMP_CWORD-1]}"
          for ((i = 1; i < COMP_CWORD; i++)); do
            case "${COMP_WORDS[i]}" in
            -o|--output|--url|--models-dir) ((i++)) ;;
            -*) ;;
            *) cmd="${COMP_WORDS[i]}"; break ;;
            esac
          done
          case "$prev" in
            drain|reserve|release|--gpu|--drain)
              names="${XDG_CACHE_HOME:-$HOME/.cache}/model-depot/gpus"
              [ -r "$names" ] && COMPREPLY=($(compgen -W "$(< "$names")" -- "$cur"))
              return ;;
            --model|--stop|--apart-from)
              names="${XDG_CACHE_HOME:-$HOME/.cache}/model-depot/names"
              [ -r "$names" ] && COMPREPLY=($(compgen -W "$(< "$names")" -- "$cur"))
              return ;;
            gpus)
              [[ "$cur" != -* ]] && COMPREPLY=($(compgen -W 'drain reserve release forget' -- "$cur")) && return ;;
        @VALUES@    --models-dir|--bundle) COMPREPLY=($(compgen -f -- "$cur")); return ;;
          esac
          case "$cmd" in
            "") COMPREPLY=($(compgen -W '@COMMANDS@ @SHARED@' -- "$cur")); return ;;
            import) COMPREPLY=($(compgen -d -- "$cur")); return ;;
            config) words="show" ;;
            completion) words="bash zsh fish" ;;
        @CASES@  esac
          if [ "$models" = 1 ] && [[ "$cur" != -* ]]; then
            names="${XDG_CACHE_HOME:-$HOME/.cache}/model-depot/names"
            [ -r "$names" ] && COMPREPLY=($(compgen -W "$(< "$names")" -- "$cur"))
            return
          fi
          COMPREPLY=($(compgen -W "$words @SHARED@" -- "$cur"))
        }
        complete -F _manage_ai_models manage-ai-models.sh manage-ai-models
        """
        .replace("@VALUES@", values)
        .replace("@CASES@", cases.toString().replace("    ", "    "))
        .replace("@COMMANDS@", commands(tree))
        .replace("@SHARED@", names(tree.options()));
  }

  /** zsh runs bash's functions through bashcompinit. */
  static String zsh(CommandTree tree) {
    return "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
        + bash(tree);
  }

  static String fish(CommandTree tree) {
    StringBuilder out = new StringBuilder();
    out.append("# fish completion for manage-ai-models.sh; no JVM is started by Tab\n");
    out.append("function __model_depot_names\n");
    out.append("  set -l cache $HOME/.cache\n");
    out.append("  set -q XDG_CACHE_HOME; and set cache $XDG_CACHE_HOME\n");
    out.append("  test -r $cache/model-depot/$argv[1]; and cat $cache/model-depot/$argv[1]\n");
    out.append("end\n");
    line(out, "-f", "");
    tree.options().forEach(flag -> flag(out, "", flag));
    for (CommandTree.Entry entry : tree.commands()) {
      line(out, "-n __fish_use_subcommand -a " + entry.name(), entry.says());
      String when = "-n '__fish_seen_subcommand_from " + entry.name() + "' ";
      entry.flags().forEach(flag -> flag(out, when, flag));
      if (entry.takesModels()) {
        line(out, when + "-a '(__model_depot_names names)'", "");
      }
    }
    line(out, "-n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'", "");
    String gpus = "-n '__fish_seen_subcommand_from gpus' -a ";
    line(out, gpus + "'drain reserve release forget (__model_depot_names gpus)'", "");
    line(out, "-n '__fish_seen_subcommand_from config' -a show", "");
    line(out, "-n '__fish_seen_subcommand_from import' -a '(__fish_complete_directories)'", "");
    return out.toString();
  }

  private static void flag(StringBuilder out, String when, CommandTree.Flag flag) {
    String name =
        flag.name().startsWith("--")
            ? "-l " + flag.name().substring(2)
            : "-s " + flag.name().substring(1);
    String value = flag.takesValue() ? " -x" : "";
    String values = flag.values().isEmpty() ? "" : " -a '" + String.join(" ", flag.values()) + "'";
    line(out, when + name + value + values, flag.says());
  }

  private static void line(StringBuilder out, String what, String says) {
    out.append("complete -c ").append(PROGRAM).append(' ').append(what);
    out.append(says.isEmpty() ? "" : " -d '" + says + "'").append('\n');
  }

  private static List<CommandTree.Flag> all(CommandTree tree) {
    List<CommandTree.Flag> flags = new ArrayList<>(tree.options());
    for (CommandTree.Entry entry : tree.commands()) {
      for (CommandTree.Flag flag : entry.flags()) {
        if (flags.stream().noneMatch(known -> known.name().equals(flag.name()))) {
          flags.add(flag);
        }
      }
    }
    return flags;
  }

  private static String commands(CommandTree tree) {
    return String.join(" ", tree.commands().stream().map(CommandTree.Entry::name).toList());
  }

  private static String names(List<CommandTree.Flag> flags) {
    return String.join(" ", flags.stream().map(CommandTree.Flag::name).toList());
  }
}
