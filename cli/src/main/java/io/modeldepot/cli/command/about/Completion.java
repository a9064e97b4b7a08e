package io.modeldepot.cli.command.about;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code completion}: a script for the shell. Pressing Tab then reads a file and never starts a
 * JVM.
 */
@Command(
    name = "completion",
    description = {
      "Prints a completion script for bash, zsh or fish.",
      "Names of models come from a file that list, status and download write, so Tab starts no JVM.",
      "",
      "Examples:",
      "  source <(manage-ai-models.sh completion bash)",
      "  manage-ai-models.sh completion fish > ~/.config/fish/completions/manage-ai-models.sh.fish",
      ""
    })
public final class Completion implements Work {
  private final Supplier<CommandLine> everything;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
  String shell = "";

  /**
   * @param everything the whole command line, to describe
   */
  public Completion(Supplier<CommandLine> everything) {
    this.everything = everything;
  }

  @Override
  public ExitCode run(Session session) {
    CommandTree tree = CommandTree.of(everything.get());
    String script =
        switch (shell) {
          case "bash" -> ShellScripts.bash(tree);
          case "zsh" -> ShellScripts.zsh(tree);
          case "fish" -> ShellScripts.fish(tree);
          default ->
              throw Failure.usage("there is no completion for \"" + shell + "\"")
                  .tryThis(Try.command("completion bash"));
        };
    session.paper().data(script.stripTrailing());
    return ExitCode.OK;
  }
}
