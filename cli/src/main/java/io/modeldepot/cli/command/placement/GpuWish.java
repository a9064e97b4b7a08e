package io.modeldepot.cli.command.placement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operator wants of a GPU: it becomes a setting of the site. */
final class GpuWish {
  private static final double GIB = 1L << 30;

  private final Session session;
  private final String wish;
  private final String gpu;
  private final Terms terms;

  /** How much, until when, and why. */
  record Terms(@Nullable Double gib, @Nullable String until, @Nullable String reason) {}

  GpuWish(Session session, String wish, @Nullable String gpu, Terms terms) {
    this.session = session;
    this.wish = wish;
    this.terms = terms;
    if (gpu == null || gpu.indexOf('/') < 1) {
      throw Failure.usage("which GPU? it is named as HOST/ID")
          .tryThis(new Try("show them", "gpus"))
          .tryThis(Try.command("gpus " + wish + " gpu-host/0"));
    }
    this.gpu = gpu;
    if (terms.until() != null) {
      var unused = time(terms.until()); // told before anything is asked
    }
  }

  ExitCode carryOut(boolean dryRun) {
    if (dryRun && !"drain".equals(wish)) {
      throw Failure.usage("--dry-run shows what a drain would move");
    }
    return switch (wish) {
      case "drain" -> dryRun ? preview() : drain();
      case "reserve" -> put(Json.object().put("reservedBytes", bytes()), "reserved in part");
      case "release" -> release();
      default ->
          throw Failure.usage("\"" + wish + "\" is nothing to be wanted of a GPU")
              .because("it can be: drain, reserve, release, forget");
    };
  }

  private ExitCode preview() {
    JsonNode plan = new Moves(session, gpu).plan(Moves.draining(gpu));
    if (session.form().machine()) {
      session.paper().machine(plan);
    } else {
      new PlanText(session.paper()).show(plan);
    }
    return ExitCode.OK;
  }

  private ExitCode drain() {
    requireKnown();
    return new Moves(session, gpu).agreed(Moves.draining(gpu))
        ? put(Json.object().put("state", "drained"), "drained")
        : ExitCode.INTERRUPTED;
  }

  /** A drain keeps what is reserved, and the other way round. */
  private ExitCode put(ObjectNode wanted, String became) {
    requireKnown();
    ObjectNode value = Json.object();
    session
        .registry()
        .find(gpu, path())
        .ifPresent(
            setting ->
                setting
                    .path("value")
                    .fields()
                    .forEachRemaining(one -> value.set(one.getKey(), one.getValue())));
    value.setAll(wanted);
    if (terms.until() != null) {
      value.put("until", time(terms.until()));
    }
    if (terms.reason() != null) {
      value.put("reason", terms.reason());
    }
    Call put = new Call("PUT", path(), Map.of(), Optional.of(value), Call.get("").patience());
    JsonNode setting = session.registry().send(gpu, put).body();
    if (session.form().machine()) {
      session.paper().machine(setting);
    } else {
      session.paper().data(session.paper().style().safe(gpu) + " is " + became);
      session.paper().talk("The plan follows within seconds:  " + session.program() + " gpus");
    }
    return ExitCode.OK;
  }

  private ExitCode release() {
    if (session.registry().find(gpu, path()).isEmpty()) {
      requireKnown();
      session.paper().data(session.paper().style().safe(gpu) + " is free already");
      return ExitCode.OK;
    }
    session.registry().send(gpu, Call.delete(path()));
    session.paper().data(session.paper().style().safe(gpu) + " is free again");
    return ExitCode.OK;
  }

  /** A wish about a GPU that nobody has would be kept and mean nothing. */
  private void requireKnown() {
    for (JsonNode one : session.registry().items("gpus", "/gpus", Gpus.MOST)) {
      if (gpu.equals(GpuDrawing.id(one))) {
        return;
      }
    }
    throw Failure.of(ExitCode.NOT_FOUND, "not-found", "there is no GPU " + gpu)
        .tryThis(new Try("show them", "gpus"));
  }

  private long bytes() {
    if (terms.gib() == null || terms.gib() <= 0) {
      throw Failure.usage("how much is to be reserved?")
          .tryThis(Try.command("gpus reserve " + gpu + " --gib 8"));
    }
    return Math.round(terms.gib() * GIB);
  }

  private static String time(String text) {
    try {
      return Instant.parse(text).toString();
    } catch (DateTimeException e) {
      throw Failure.usage("\"" + text + "\" is no time")
          .because("it must look like 2026-12-31T18:00:00Z");
    }
  }

  private String path() {
    int slash = gpu.indexOf('/');
    return "/site/gpu/"
        + Registry.segment(gpu.substring(0, slash))
        + "/"
        + Registry.segment(gpu.substring(slash + 1));
  }
}
