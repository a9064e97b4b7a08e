package io.modeldepot.cli.command.bundle;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.command.download.ProgressKind;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bundle}: carries models to where no network goes. */
@Command(
    name = "bundle",
    description = {
      "Carries models to a depot that no network reaches, on any medium. Works on the volume, with nothing running.",
      "",
      "  bundle inventory [--out FILE]             over there: what it has, as a small file",
      "  bundle create NAME[@COMMIT]... --to DIR   here: models, or what the inventory lacks",
      "  bundle import DIR                         over there: verified whole, then published",
      "",
      "A bundle is signed with the key of --sign-key or DEPOT_TRUST_SIGNING_KEY (PEM, P-256, its public key beside it as",
      ".pub); an import trusts the keys of --trust and DEPOT_TRUST_TRUSTED_KEYS. DEPOT_TRUST_PICKLES and",
      "DEPOT_TRUST_REMOTE_CODE (allow, warn, refuse) say what an import does about models that would run code.",
      "",
      "Examples:",
      "  bundle create --all --to /media/usb/one --sign-key depot.pem",
      "  bundle create llama2-7b --to /media/usb/two --against far.inventory --plan",
      "  bundle import /media/usb/one --trust depot.pem.pub",
      "",
      "Ctrl-C leaves nothing that looks finished; the same command goes on where it was.",
      ""
    })
public final class BundleOf implements Work {
  @Parameters(
      paramLabel = "ACTION",
      arity = "0..*",
      description = "inventory, create or import, and what about")
  @Nullable List<String> words;

  @Option(names = "--out", paramLabel = "FILE", description = "inventory: into this file")
  @Nullable String out;

  @Option(names = "--to", paramLabel = "DIR", description = "create: the directory; may be new")
  @Nullable String to;

  @Option(names = "--family", paramLabel = "FAMILY", description = "create: one family")
  @Nullable String family;

  @Option(names = "--all", description = "create: every version there is")
  boolean all;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "create: the inventory of the far side; what it has is left out")
  @Nullable String against;

  @Option(
      names = "--split",
      paramLabel = "SIZE",
      description = "create: how long a part may be; 4GiB, which FAT32 and a DVD hold")
  String split = "4GiB";

  @Option(names = "--sign-key", paramLabel = "PEM", description = "create: the private key")
  @Nullable String signKey;

  @Option(names = "--unsigned", description = "create: without a signature")
  boolean unsigned;

  @Option(
      names = "--trust",
      paramLabel = "PEM",
      description = "import: a public key that is trusted; may be repeated")
  @Nullable List<String> trust;

  @Option(names = "--untrusted", description = "import: whoever made it; only damage is noticed")
  boolean untrusted;

  @Option(
      names = "--activate",
      description = "import: what is current in the bundle becomes current here, later or not")
  boolean activate;

  @Option(names = "--plan", description = "create, import: only say what would be done")
  boolean plan;

  @Option(names = "--progress", paramLabel = "KIND", description = "auto, bar, lines, json or none")
  @Nullable String progress;

  @Override
  public ExitCode run(Session session) {
    List<String> given = words == null ? List.of() : words;
    String action = given.isEmpty() ? "" : given.getFirst();
    List<String> about = given.isEmpty() ? List.of() : given.subList(1, given.size());
    return switch (action) {
      case "inventory" -> inventory(session, about);
      case "create" -> create(session, about);
      case "import" -> take(session, about);
      default ->
          throw Failure.usage(
                  action.isEmpty()
                      ? "bundle needs an action"
                      : "there is no \"bundle " + action + "\"")
              .tryThis(new Try("see what there is", "bundle --help"));
    };
  }

  private ExitCode inventory(Session session, List<String> about) {
    if (!about.isEmpty()) {
      throw Failure.usage("an inventory is of everything that a store has")
          .tryThis(Try.command("bundle inventory --out FILE"));
    }
    return new Inventory(session).write(Optional.ofNullable(out).map(session::path));
  }

  private ExitCode create(Session session, List<String> names) {
    if (to == null && !plan) {
      throw Failure.usage("bundle create needs a directory to write to")
          .tryThis(Try.command("bundle create --all --to DIR"));
    }
    Choice choice = Choice.of(names, Optional.ofNullable(family), all);
    Creating.Order order =
        new Creating.Order(
            choice,
            Optional.ofNullable(to).map(session::path).map(Path::toAbsolutePath),
            Optional.ofNullable(against).map(session::path),
            PartSize.of(split),
            plan);
    SiteKeys keys = new SiteKeys(session);
    return new Creating(session, ProgressKind.of(progress, session))
        .create(
            order,
            plan || unsigned
                ? Optional.empty()
                : Optional.of(keys.signer(Optional.ofNullable(signKey))));
  }

  private ExitCode take(Session session, List<String> about) {
    if (about.size() != 1) {
      throw Failure.usage("bundle import is about one bundle")
          .tryThis(Try.command("bundle import DIR --trust KEY.pub"));
    }
    SiteKeys keys = new SiteKeys(session);
    return new Taking(session, ProgressKind.of(progress, session))
        .take(
            session.path(about.getFirst()).toAbsolutePath(),
            untrusted
                ? Optional.empty()
                : Optional.of(keys.trusted(trust == null ? List.of() : trust)),
            activate,
            plan);
  }
}
