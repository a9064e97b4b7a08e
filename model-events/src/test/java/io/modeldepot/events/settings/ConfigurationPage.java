package io.modeldepot.events.settings;

import java.util.List;
import java.util.stream.Collectors;

/** {@code docs/configuration.md}: every setting of every service, for people. */
final class ConfigurationPage {
  private static final String HEAD =
      """
      # Settings of the services

      Written from the sources of the services by `make docs`; a test compares, and fails where a setting does not say what it means. What is set while the depot runs (retention, schedules, quotas,
      notifications) is no setting of a service: [desired-state.md](desired-state.md). The command has [its own](cli.md#settings).

      A setting has one name in the environment and one in files and on the command line of the JVM. Nearest first: `-Dname=value`, the environment, a file `.env` where the service is started, `config/application.properties`
      there, what the service brings along. `make up` hands its own environment on to all services; with containers [docker.md](docker.md) says which are handed on.

      - A *time* is a number with `ms`, `s`, `m`, `h` or `d`; a *size* one with `K`, `M` or `G`; a *path* is one on the service's machine; a *list* is written with commas.
      - `<name>` stands for a name that you choose, in small letters; in the environment in capitals, with two underscores on each side: `DEPOT_BACKUP_TARGETS__OFFSITE__DIRECTORY`.
      - Several names in one row are one setting: the first is the one that is used elsewhere in these pages, the last one counts where both are set.
      - A **secret** has no default. Where a file can be named instead, name the file: the environment of a process is read more easily than a file of mode 0600. No service logs a secret or publishes it.
      - In the container images `JAVA_FLAGS` are the JVM's own, the registry takes its database's password from the file that `DEPOT_DATASOURCE_PASSWORD_FILE` names, and every service its
        login at the broker (`sasl.jaas.config`) from the one that `DEPOT_KAFKA_LOGIN_FILE` names. The units for systemd start services in the same way.
      """;

  private ConfigurationPage() {}

  static String text(List<Program> programs) {
    return HEAD + programs.stream().map(ConfigurationPage::section).collect(Collectors.joining());
  }

  private static String section(Program program) {
    String title = program.module().equals(Program.KIT) ? "Every service" : program.module();
    return "\n## "
        + title
        + "\n"
        + program.groups().stream().map(ConfigurationPage::table).collect(Collectors.joining());
  }

  private static String table(Group group) {
    String head =
        group.name().isEmpty() ? "" : "`%s`: %s\n\n".formatted(group.name(), group.sentence());
    return "\n"
        + head
        + "| environment | property | value | default | |\n|---|---|---|---|---|\n"
        + group.settings().stream().map(ConfigurationPage::row).collect(Collectors.joining());
  }

  private static String row(Setting setting) {
    String standard = setting.standard().map(text -> "`" + text + "`").orElse("");
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(
            setting.variables().stream().map(it -> "`" + it + "`").collect(Collectors.joining(" ")),
            setting.property().map(it -> "`" + it + "`").orElse(""),
            setting.values(),
            setting.isSecret() ? "**secret**" : standard,
            setting.sentence().replace("|", "\\|"));
  }
}
