package io.modeldepot.mirror.door;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Hub's own Python client, as {@code python3} on the path has it.
 *
 * @param mirror where the client is sent
 * @param home where it keeps its cache
 */
record PythonClient(URI mirror, Path home) {

  /** Runs a script, which must end well; a test that calls this is skipped without the client. */
  String run(String script, String... arguments) throws IOException, InterruptedException {
    assumeTrue(has(), "there is no python3 here, or it has no huggingface_hub");
    Said said = python(script, arguments);
    if (said.status() != 0) {
      throw new AssertionError(said.text());
    }
    return said.text();
  }

  private boolean has() throws InterruptedException {
    try {
      return python("import huggingface_hub").status() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private record Said(int status, String text) {}

  /** Its settings are read when it is imported, so they are the environment of the process. */
  private Said python(String script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", "-c", script));
    command.addAll(List.of(arguments));
    ProcessBuilder python = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = python.environment();
    environment.keySet().removeIf(it -> it.startsWith("HF_") || it.endsWith("_proxy"));
    environment.put("HF_ENDPOINT", mirror.toString());
    environment.put("HF_HOME", home.toString());
    environment.put("HF_HUB_DISABLE_TELEMETRY", "1");
    environment.put("HF_HUB_DISABLE_PROGRESS_BARS", "1");
    environment.put("NO_PROXY", "*");
    environment.put("PYTHONWARNINGS", "ignore");
    Process process = python.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }
}
