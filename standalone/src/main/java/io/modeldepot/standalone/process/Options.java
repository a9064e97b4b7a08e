package io.modeldepot.standalone.process;

import io.modeldepot.standalone.child.Arguments;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was asked for.
 *
 * @param root the checkout
 * @param data where everything is kept between runs
 * @param modelsDir the shared volume
 * @param location its name
 * @param hub where models come from
 * @param portBase added to every default port
 * @param showMainJob whether a model is downloaded to show how that goes
 * @param once whether to stop when that has been shown
 * @param train whether the programs write down what they load, so that they start faster next time
 */
record Options(
    Path root,
    Path data,
    Path modelsDir,
    String location,
    Hub hub,
    int portBase,
    boolean showMainJob,
    boolean once,
    boolean train) {

  static final String HELP =
      """
      Starts the whole depot on this machine: a real Kafka broker, a real PostgreSQL, the services,
      and a hub to try it with. Stays until Ctrl-C. The data is still there the next time.

        make up
        make up ARGS="--hub huggingface --models-dir /mnt/models"

        --data DIR         where everything is kept       (DEPOT_DATA, else depot-data in the checkout)
        --models-dir DIR   the shared volume              (MODELS_DIR, else ai-models below --data)
        --location NAME    the location's name            (DEPOT_LOCATION, else default)
        --hub HUB          demo, huggingface, or a URL    (HF_ENDPOINT, else demo)
        --port-offset N    added to every default port: registry 8080, downloader 8081, janitor 8082,
                           placement 8083, demo hub 8085, Kafka 9092, PostgreSQL 5433; a port that is
                           taken is replaced by the next free one
        --no-demo          start only; download nothing to show how it goes
        --once             stop when the main job has been shown; status 0 if it went well
        --train            write down what the programs load, for faster starts; `make aot` does that
        --help             this text

      HF_TOKEN and HF_TOKEN_PATH are handed to the downloader and to nobody else.
      """;

  private static final int HIGHEST_OFFSET = 50_000;

  /**
   * From the command line and the environment.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  static Options of(String[] args, Map<String, String> environment, Path root) {
    Arguments given =
        new Arguments(
            args,
            Set.of("data", "models-dir", "location", "hub", "port-offset"),
            Set.of("no-demo", "once", "train"));
    Path data =
        given
            .value("data")
            .or(() -> set(environment, "DEPOT_DATA"))
            .map(Path::of)
            .orElse(root.resolve("depot-data"))
            .toAbsolutePath()
            .normalize();
    Path modelsDir =
        given
            .value("models-dir")
            .or(() -> set(environment, "MODELS_DIR"))
            .map(Path::of)
            .orElse(data.resolve("ai-models"))
            .toAbsolutePath()
            .normalize();
    int offset = given.port("port-offset", 0);
    if (offset > HIGHEST_OFFSET) {
      throw new IllegalArgumentException("--port-offset must be at most " + HIGHEST_OFFSET + ".");
    }
    return new Options(
        root,
        data,
        modelsDir,
        given.value("location").or(() -> set(environment, "DEPOT_LOCATION")).orElse("default"),
        hub(given, environment),
        offset,
        !given.has("no-demo"),
        given.has("once"),
        given.has("train"));
  }

  private static Hub hub(Arguments given, Map<String, String> environment) {
    Optional<String> flag = given.value("hub");
    if (flag.isPresent()) {
      return Hub.of("--hub", flag.get());
    }
    return set(environment, "HF_ENDPOINT")
        .map(word -> Hub.of("HF_ENDPOINT", word))
        .orElseGet(Hub.Demo::new);
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
