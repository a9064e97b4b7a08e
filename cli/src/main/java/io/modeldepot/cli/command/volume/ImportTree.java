package io.modeldepot.cli.command.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.command.download.Following;
import io.modeldepot.cli.command.download.ProgressKind;
import io.modeldepot.cli.command.download.RequestIds;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.ShellWords;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.progress.Job;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: a directory, or an archive that was exported, becomes versions of models. */
@Command(
    name = "import",
    description = {
      "Takes a directory in as a version of a model, or the models of an archive.",
      "With a depot running its downloader does it, and may read only below the directories it is configured for.",
      "With nothing running this command does it on the volume itself. It says which way it took. The directory stays",
      "as it is; one that lies on the volume is linked, not copied.",
      "",
      "An archive (.tar.gz, .tgz, .tar.zst with models/FAMILY/MODEL/...) is read whole before anything is written. One made by",
      "export  gives the same versions again, and what it says of their origin is believed; of any other the commit is a hash of",
      "the content. It is done here on the volume; a depot that runs is asked to read and list what came.",
      "",
      "Examples:",
      "  import /data/my-finetune --name my-finetune --family llama",
      "  import /opt/ai-models/incoming/phi-2 --name phi-2 --offline",
      "  import depot.tar.gz [--family llama | --model phi-2]",
      "",
      "Ctrl-C leaves no half version: what came whole stays, and the same command goes on.",
      ""
    })
public final class ImportTree implements Work {
  @Parameters(
      paramLabel = "DIR|FILE",
      description = "the directory with the model's files, or an archive")
  String directory = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "of a directory: the model's name in the catalog")
  String name = "";

  @Option(names = "--model", paramLabel = "NAME", description = "of an archive: only this model")
  @Nullable String model;

  @Option(
      names = "--family",
      paramLabel = "FAMILY",
      description =
          "of an archive: only this one; else for a model that is new, if config.json has none")
  @Nullable String family;

  @Option(
      names = "--repository",
      paramLabel = "ORG/NAME",
      description = "where it came from, if it has a home on a hub")
  @Nullable String repository;

  @Option(names = "--location", paramLabel = "LOCATION", description = "only to this location")
  @Nullable String location;

  @Option(names = "--offline", description = "do it here on the volume, even with a depot running")
  boolean offline;

  @Option(names = "--progress", paramLabel = "KIND", description = "auto, bar, lines, json or none")
  @Nullable String progress;

  @Override
  public ExitCode run(Session session) {
    Path tree = session.path(directory).toAbsolutePath();
    if (Files.isRegularFile(tree)) {
      return archive(session, tree);
    }
    if (!Files.isDirectory(tree)) {
      throw Failure.of(ExitCode.NOT_FOUND, "", tree + " is no directory")
          .tryThis(Try.words("name the directory that holds config.json and the weights"));
    }
    if (name.isEmpty() || model != null) {
      throw Failure.usage("a directory is taken in under the name of one model")
          .tryThis(Try.command("import " + directory + " --name NAME"));
    }
    ModelName model = Wanted.alone(name, ShellWords.line("import", directory, "--name"));
    Optional<RepositoryId> home = home();
    if (!offline) {
      try {
        boolean known =
            session.registry().find(name, "/models/" + Registry.segment(name)).isPresent();
        return online(session, tree, model, known);
      } catch (Failure e) {
        boolean nobody = "depot-unreachable".equals(e.code()) && !session.registry().answered();
        if (e.exit() != ExitCode.UNREACHABLE || !nobody) {
          throw e;
        }
        session
            .paper()
            .talk(
                "No depot is running ("
                    + session.registry().address().value()
                    + "): doing it here, on the volume.");
      }
    }
    ProgressKind kind = ProgressKind.of(progress, session);
    return new OfflineImport(session, model, home, kind).take(tree, familyOr(tree));
  }

  private ExitCode archive(Session session, Path file) {
    if (!name.isEmpty() || repository != null || location != null) {
      throw Failure.usage("an archive says itself what its models are called and where from")
          .tryThis(Try.command("import " + directory));
    }
    return new ImportArchive(session, offline, ProgressKind.of(progress, session))
        .take(file, Optional.ofNullable(family), Optional.ofNullable(model));
  }

  private ExitCode online(Session session, Path tree, ModelName model, boolean known) {
    if (!known) {
      ObjectNode entry =
          Json.object().put("family", familyOr(tree).value()).put("displayName", model.value());
      if (repository != null) {
        entry.put("repository", repository);
      }
      Call put =
          new Call(
              "PUT",
              "/models/" + Registry.segment(name),
              java.util.Map.of("If-None-Match", "*"),
              Optional.of(entry),
              Call.get("").patience());
      session.registry().send(name, put);
      session.paper().talk(model + ": new in the catalog");
    }
    boolean onVolume = tree.startsWith(session.modelsDir().toAbsolutePath());
    ObjectNode body =
        Json.object()
            .put("model", model.value())
            .put("source", onVolume ? "adopt" : "import")
            .put("from", tree.toString());
    if (location != null) {
      body.put("location", location);
    }
    session.paper().talk("The depot's downloader takes it in.");
    Call post = Call.post("/downloads", body).with("Idempotency-Key", RequestIds.fresh());
    Job job = Job.of(session.registry().send(name, post).body());
    ExitCode ended =
        new Following(session, ProgressKind.of(progress, session)).follow(List.of(job));
    if (ended == ExitCode.REFUSED) {
      session
          .paper()
          .talk(
              "      or take it in from here:  "
                  + session.program()
                  + " import "
                  + directory
                  + " --name "
                  + name
                  + " --offline");
    }
    return ended;
  }

  private Optional<RepositoryId> home() {
    try {
      return Optional.ofNullable(repository).map(RepositoryId::of);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("\"" + repository + "\" is no repository of a hub")
          .because("it must look like org/name");
    }
  }

  /** As the registry finds it: what was said, else the architecture that config.json names. */
  private FamilyName familyOr(Path tree) {
    String text = family != null ? family : modelType(tree);
    try {
      return FamilyName.of(text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-"));
    } catch (IllegalArgumentException e) {
      throw Failure.usage(tree + ": which family is it?")
          .because("there is no config.json with a model_type in it to tell")
          .tryThis(Try.command("import " + directory + " --name " + name + " --family FAMILY"));
    }
  }

  private static String modelType(Path tree) {
    try {
      return Json.read(Files.readString(tree.resolve("config.json"))).path("model_type").asText("");
    } catch (IOException | IllegalArgumentException e) {
      return "";
    }
  }
}
