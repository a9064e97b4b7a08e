package io.modeldepot.cli.command.download;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Answer;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.command.FailureText;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.progress.Job;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code download}: asks for models and follows them. */
@Command(
    name = "download",
    description = {
      "Fetches models, verifies every file, and makes them the current version.",
      "",
      "Examples:",
      "  download llama2-7b mistral-7b        by their names in the catalog",
      "  download phi-2@main --plan           only say what it would bring and cost",
      "  download --repository org/name       a model that the catalog does not know yet",
      "  list -q | download -                 everything in the catalog",
      "",
      "A commit as REVISION pins the model, a branch unpins it. Ctrl-C leaves the download running.",
      ""
    })
public final class Download implements Work {
  @Parameters(
      paramLabel = "NAME[@REVISION]",
      arity = "0..*",
      description = "models; - reads them from stdin")
  @Nullable List<String> names;

  @Option(names = "--plan", description = "resolve and check only: bytes, space, licence, gate")
  boolean plan;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = "serving (no duplicate weights) or full")
  @Nullable String profile;

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "only these paths; may be repeated")
  @Nullable List<String> include;

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "not these paths; may be repeated")
  @Nullable List<String> exclude;

  @Option(names = "--force", description = "fetch again even what is present and verified")
  boolean force;

  @Option(names = "--detach", description = "do not follow: print the job's id and return")
  boolean detach;

  @Option(names = "--location", paramLabel = "LOCATION", description = "only to this location")
  @Nullable String location;

  @Option(
      names = "--repository",
      paramLabel = "ORG/NAME",
      description = "the hub's repository, for a new model")
  @Nullable String repository;

  @Option(names = "--progress", paramLabel = "KIND", description = "auto, bar, lines, json or none")
  @Nullable String progress;

  @Override
  public ExitCode run(Session session) {
    ProgressKind kind = ProgressKind.of(progress, session);
    List<Job> jobs = new ArrayList<>();
    List<ExitCode> refused = new ArrayList<>();
    for (Named wanted : wanted(session)) {
      try {
        jobs.add(request(session, wanted));
      } catch (Failure e) {
        if (e.exit() == ExitCode.UNREACHABLE && jobs.isEmpty()) {
          throw e;
        }
        FailureText.print(
            session.meant(e, wanted.model(), "download"), session.paper(), session.program());
        refused.add(e.exit());
      }
    }
    session.names().add(jobs.stream().map(Job::model).toList());
    if (jobs.isEmpty()) {
      return ExitCode.ofAll(refused);
    }
    ExitCode followed =
        detach ? detached(session, jobs) : new Following(session, kind).follow(jobs);
    if (refused.isEmpty() || followed == ExitCode.INTERRUPTED) {
      return followed;
    }
    refused.add(followed);
    return ExitCode.ofAll(refused);
  }

  private List<Named> wanted(Session session) {
    if (repository == null) {
      return session.named(names, "model").stream().map(Download::named).toList();
    }
    List<String> given = names == null ? List.of() : names;
    if (given.size() > 1) {
      throw Failure.usage("--repository goes with one model, " + given.size() + " were given")
          .tryThis(Try.command("download NAME --repository " + repository));
    }
    return given.isEmpty()
        ? List.of(new Named("", ""))
        : given.stream().map(Download::named).toList();
  }

  private static Named named(String text) {
    return Named.of(text, "download");
  }

  private Job request(Session session, Named wanted) {
    String model = wanted.model();
    if (repository == null && model.indexOf('/') >= 0) {
      throw Failure.usage("\"" + model + "\" is a repository, not a model's name")
          .tryThis(Try.command("download --repository " + model));
    }
    ObjectNode body = Json.object();
    put(body, "model", model);
    put(body, "revision", wanted.version());
    put(body, "repository", repository);
    put(body, "profile", profile);
    put(body, "location", location);
    list(body, "include", include);
    list(body, "exclude", exclude);
    if (force) {
      body.put("force", true);
    }
    if (plan) {
      body.put("plan", true);
    }
    Call call = Call.post("/downloads", body).with("Idempotency-Key", RequestIds.fresh());
    String thing = model.isEmpty() ? String.valueOf(repository) : model;
    Answer answer = session.registry().send(thing, call);
    return Job.of(answer.body());
  }

  private static ExitCode detached(Session session, List<Job> jobs) {
    for (Job job : jobs) {
      if (session.form().machine()) {
        session.paper().data(Json.line(job.record()));
      } else {
        session.paper().data(job.id());
        session
            .paper()
            .talk(
                session.paper().talkStyle().safe(job.model())
                    + ": requested. Follow: "
                    + session.program()
                    + " watch "
                    + job.id());
      }
    }
    return ExitCode.OK;
  }

  private static void put(ObjectNode body, String field, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      body.put(field, value);
    }
  }

  private static void list(ObjectNode body, String field, @Nullable List<String> values) {
    if (values != null) {
      values.forEach(body.withArray(field)::add);
    }
  }
}
