package io.modeldepot.cli.command.volume;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;
import io.modeldepot.cli.settings.Setting;
import io.modeldepot.events.state.Capabilities;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.volume.Setup;
import io.modeldepot.store.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code setup}: makes a directory into the shared volume. */
@Command(
    name = "setup",
    description = {
      "Makes a directory into the shared volume, and says what is still missing.",
      "Running it again changes nothing that is right. Nothing that lies in the directory is touched.",
      "",
      "Examples:",
      "  setup                                   /opt/ai-models, or MODELS_DIR",
      "  setup --models-dir /mnt/models --location berlin",
      ""
    })
public final class SetUp implements Work {
  @Option(names = "--location", paramLabel = "NAME", description = "the location's name; default")
  @Nullable String location;

  @Override
  public ExitCode run(Session session) {
    LocationName name = locationName(session);
    try {
      Volumes.requireOwnerOfWhatIsThere(session);
      Setup setup = ModelStore.setUp(session.modelsDir(), name);
      say(session, setup);
      return ExitCode.OK;
    } catch (IOException e) {
      throw Volumes.failure(e, session);
    }
  }

  private LocationName locationName(Session session) {
    String text = location != null ? location : session.settings().value(Setting.LOCATION);
    try {
      return LocationName.of(text);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("\"" + text + "\" is no name for a location")
          .because(String.valueOf(e.getMessage()));
    }
  }

  private static void say(Session session, Setup setup) throws IOException {
    Volume volume = setup.volume();
    long free = Files.getFileStore(volume.root()).getUsableSpace();
    boolean token = hubToken(session);
    if (session.form().machine()) {
      ObjectNode node =
          Json.object()
              .put("modelsDir", volume.root().toString())
              .put("volumeId", volume.id().toString())
              .put("location", volume.location().value())
              .put("outcome", setup.outcome() == Setup.Outcome.NEW ? "new" : "existed")
              .put("freeBytes", free)
              .put("hubToken", token);
      ArrayNode created = node.putArray("created");
      setup.created().forEach(directory -> created.add(directory.toString()));
      session.paper().machine(node);
      return;
    }
    Paper paper = session.paper();
    Style style = paper.style();
    paper.data(
        "Model Depot "
            + session.version()
            + style.dot()
            + "store "
            + volume.root()
            + " ("
            + String.join(", ", abilities(volume))
            + ", "
            + Human.bytes(free)
            + " free)");
    fact(paper, Mark.GOOD, "directories", directories(setup));
    fact(
        paper,
        Mark.GOOD,
        "volume",
        (setup.outcome() == Setup.Outcome.NEW ? "made, " : "was there, ")
            + volume.id()
            + ", location "
            + volume.location());
    if (!token) {
      fact(
          paper,
          Mark.WARN,
          "hub token",
          "neither HF_TOKEN nor HF_TOKEN_PATH is set: gated models (llama2-7b, ...) will be refused   "
              + style.faint("no-hub-token"));
    }
    boolean running = running(session);
    fact(
        paper,
        running ? Mark.GOOD : Mark.PLAIN,
        "services",
        running ? "answering at " + session.settings().value(Setting.URL) : "none answering yet");
    String next = running ? session.program() + " download mistral-7b" : "make up";
    paper.talk("Next:  " + next);
  }

  private static List<String> abilities(Volume volume) throws IOException {
    Capabilities can = volume.capabilities();
    List<String> facts = new ArrayList<>();
    facts.add(volume.calls().fileSystemType(volume.root()));
    facts.add("hard links " + (can.hardLinks() ? "yes" : "no, every version takes its full size"));
    if (!can.exchange()) {
      facts.add("views are swapped in two steps");
    }
    if (can.network()) {
      facts.add("network");
    }
    return facts;
  }

  private static String directories(Setup setup) throws IOException {
    Path root = setup.volume().root();
    PosixFileAttributes attributes = Files.readAttributes(root, PosixFileAttributes.class);
    return (setup.created().isEmpty() ? "all there" : setup.created().size() + " created")
        + ", owner "
        + attributes.owner().getName()
        + ":"
        + attributes.group().getName()
        + ", "
        + octal(attributes.permissions());
  }

  private static String octal(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission permission : permissions) {
      mode |= 0400 >> permission.ordinal();
    }
    return String.format("%04o", mode);
  }

  private static boolean hubToken(Session session) {
    String token = session.environment().getOrDefault("HF_TOKEN", "");
    String file = session.environment().getOrDefault("HF_TOKEN_PATH", "");
    return !token.isBlank() || (!file.isBlank() && Files.isReadable(session.path(file)));
  }

  private static boolean running(Session session) {
    try {
      session.registry().get("status", "/status");
      return true;
    } catch (Failure e) {
      return false;
    }
  }

  private static void fact(Paper paper, Mark mark, String label, String says) {
    Style style = paper.style();
    paper.data("  " + style.sign(mark) + " " + label + " ".repeat(14 - label.length()) + says);
  }
}
