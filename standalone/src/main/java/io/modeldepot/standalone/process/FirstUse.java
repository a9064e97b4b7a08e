package io.modeldepot.standalone.process;

import io.modeldepot.standalone.child.Spawn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Shows the main job with the operator's own command, and says what to try next. */
final class FirstUse {
  private static final String MODEL = "phi-2";

  private final Plan plan;
  private final Board board;
  private final AtomicReference<@Nullable Process> running = new AtomicReference<>();

  FirstUse(Plan plan, Board board) {
    this.plan = plan;
    this.board = board;
  }

  /**
   * A model comes in by name; or, when one is already there, what there is.
   *
   * @return true when every command ended with 0
   */
  boolean show() throws IOException, InterruptedException {
    board.say("");
    boolean isThere =
        Files.exists(
            plan.options().modelsDir().resolve(Path.of("versions", MODEL, "current.json")));
    if (isThere) {
      board.say("Your models are still here.");
      return run("list");
    }
    return run("download", MODEL) && run("status") && run("list") && run("explain", MODEL);
  }

  /** Ends the command that is being shown, if one is. */
  void interrupt() {
    Process command = running.get();
    if (command != null) {
      command.destroy();
    }
  }

  /** What can be done now, ready to be pasted. */
  void sayWhatNext() {
    String command = fromHere("scripts/manage-ai-models.sh");
    String data =
        plan.options().data().equals(plan.options().root().resolve("depot-data"))
            ? ""
            : "DEPOT_DATA=" + plan.options().data() + " ";
    board.say(
        """

        Next, in another terminal:
          %1$s%2$s download mistral-7b        another model
          %1$s%2$s status                     what needs attention
          %1$s%2$s verify phi-2               every byte against the manifest
          %1$s%2$s gpus                       which model is planned on which GPU, to scale
          ls -la %3$s/models
          curl -s -X POST %4$s/api/v1/downloads -H 'Content-Type: application/json' -d '{"model":"qwen-7b"}'
          echo '{"model":"codellama-13b"}' | %8$s --bootstrap-server %5$s --topic download-requested
        REST   %4$s/q/swagger-ui
        Logs   %6$s
        Ctrl-C stops everything; the data stays in %7$s"""
            .formatted(
                data,
                command,
                plan.options().modelsDir(),
                plan.registryUrl(),
                plan.kafka(),
                plan.options().data().resolve("logs"),
                plan.options().data(),
                fromHere("scripts/kafka-console-producer.sh")));
  }

  private String fromHere(String script) {
    return Path.of("")
        .toAbsolutePath()
        .relativize(plan.options().root().resolve(script))
        .toString();
  }

  private boolean run(String... words) throws IOException, InterruptedException {
    board.say("$ scripts/manage-ai-models.sh " + String.join(" ", words));
    ProcessBuilder builder = Spawn.without(plan.command(words)).inheritIO();
    builder.environment().putAll(plan.commandEnvironment());
    if (plan.options().train() && words[0].equals("list")) {
      builder.environment().put("DEPOT_CLI_TRAIN", "yes");
    }
    Process command = builder.start();
    running.set(command);
    int status = command.waitFor();
    running.set(null);
    board.say("");
    return status == 0;
  }
}
