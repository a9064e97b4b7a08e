package io.modeldepot.cli.command.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: is everything as it should be, and what fixes it. */
@Command(
    name = "doctor",
    description = {
      "Looks for what is wrong, and offers the fix.",
      "At the volume, the services, Kafka, the database, the hub's token and the clock.",
      "Exit code 0: no problem (warnings do not count), 1: a problem.",
      "",
      "Examples:",
      "  doctor",
      "  doctor --only store,hub             hub connects to its endpoints, too",
      "  doctor --fix wrong-mode             make published files read-only again",
      "  doctor --bundle report.tgz          what a report of a bug needs, secrets removed",
      ""
    })
public final class Doctor implements Work {
  private static final List<String> AREAS =
      List.of("store", "services", "kafka", "database", "hub", "clock");

  @Option(
      names = "--only",
      paramLabel = "AREA",
      split = ",",
      description = "store, services, kafka, database, hub or clock")
  @Nullable List<String> only;

  @Option(
      names = "--fix",
      paramLabel = "NAME",
      split = ",",
      description = "wrong-mode or views, as a finding names it")
  @Nullable List<String> fixes;

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description = "write what a report needs into this new .tgz file")
  @Nullable String bundle;

  @Override
  public ExitCode run(Session session) {
    if (fixes != null) {
      Fixes fix = new Fixes(session);
      fixes.forEach(name -> session.paper().data(fix.fix(name)));
      return ExitCode.OK;
    }
    List<String> areas = only == null ? AREAS : only;
    for (String area : areas) {
      if (!AREAS.contains(area)) {
        throw Failure.usage("there is no area called \"" + area + "\"")
            .tryThis(Try.words("the areas are " + AREAS));
      }
    }
    List<Verdict> verdicts = look(session, areas);
    ArrayNode machine = Json.array();
    verdicts.forEach(verdict -> machine.add(verdict.json()));
    long problems = verdicts.stream().filter(v -> v.mark() == Mark.BAD).count();
    long warnings = verdicts.stream().filter(v -> v.mark() == Mark.WARN).count();
    if (session.form().machine()) {
      ObjectNode all = Json.object().put("exit", problems > 0 ? 1 : 0);
      all.set("verdicts", machine);
      session.paper().machine(all);
    } else {
      people(session, verdicts);
      session.paper().talk(count(problems, "problem") + ", " + count(warnings, "warning") + ".");
    }
    if (bundle != null) {
      new Bundle(session).write(session.path(bundle), machine);
      session
          .paper()
          .talk("Written, secrets removed: " + bundle + ". Look at it before you send it.");
    }
    return problems > 0 ? ExitCode.NO : ExitCode.OK;
  }

  private List<Verdict> look(Session session, List<String> areas) {
    List<Verdict> verdicts = new ArrayList<>();
    if (areas.contains("store")) {
      verdicts.addAll(new StoreChecks(session).look());
    }
    if (areas.stream().anyMatch(List.of("services", "kafka", "database", "clock")::contains)) {
      new DepotChecks(session)
          .look().stream().filter(verdict -> areas.contains(verdict.area())).forEach(verdicts::add);
    }
    if (areas.contains("hub")) {
      HubChecks.Reach reach = only == null ? HubChecks.Reach.LOOK : HubChecks.Reach.CONNECT;
      verdicts.addAll(new HubChecks(session, reach).look());
    }
    return verdicts;
  }

  private static void people(Session session, List<Verdict> verdicts) {
    Paper paper = session.paper();
    Style style = paper.style();
    for (Verdict verdict : verdicts) {
      boolean shown = !paper.quiet() || verdict.mark() == Mark.BAD;
      if (shown) {
        String code = verdict.code().isEmpty() ? "" : "   " + style.faint(verdict.code());
        String area = verdict.area() + " ".repeat(9 - verdict.area().length());
        paper.data(
            style.sign(verdict.mark()) + " " + area + " " + style.safe(verdict.says()) + code);
        if (!verdict.fix().isEmpty()) {
          boolean words = Character.isUpperCase(verdict.fix().charAt(0));
          String fix = words ? verdict.fix() : session.program() + " " + verdict.fix();
          paper.data("            fix: " + style.safe(fix));
        }
      }
    }
  }

  private static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
