package io.modeldepot.placement.rest;

import io.modeldepot.placement.whatif.Fit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a model fits a GPU, in bytes. */
public record FitView(
    String host,
    String gpu,
    String name,
    int users,
    int contextTokens,
    String variant,
    boolean fits,
    boolean fitsWhenEmpty,
    long shortBytes,
    long weightsBytes,
    long kvBytes,
    long overheadBytes,
    long usableBytes,
    long freeBytes,
    int usersThatFit,
    int usersThatFitWhenEmpty,
    Optional<Integer> contextThatFitsWhenEmpty,
    Map<Integer, Integer> usersByContext,
    String engine,
    List<String> remarks) {

  static FitView of(Fit fit) {
    return of(fit, fit.breakdown().remarks());
  }

  /** Of a model whose files are not here. */
  static FitView unseen(Fit fit) {
    return of(
        fit,
        Stream.concat(
                Stream.of("Its files are not here; the figures are those of its publisher."),
                fit.breakdown().remarks().stream())
            .toList());
  }

  private static FitView of(Fit fit, List<String> remarks) {
    return new FitView(
        fit.gpu().id().host(),
        fit.gpu().id().id(),
        fit.gpu().kind().name(),
        fit.breakdown().ask().users(),
        fit.breakdown().ask().contextTokens(),
        fit.breakdown().ask().variant().label(),
        fit.fitsNow(),
        fit.breakdown().bytesPerGpu() <= fit.usableBytes(),
        fit.breakdown().shortBytes(fit.leftBytes()),
        fit.breakdown().weightsBytes(),
        fit.breakdown().kvBytes(),
        fit.breakdown().overheadBytes(),
        fit.usableBytes(),
        fit.leftBytes(),
        fit.usersNow(),
        fit.usersWhenEmpty(),
        fit.contextWhenEmpty().isPresent()
            ? Optional.of(fit.contextWhenEmpty().getAsInt())
            : Optional.empty(),
        fit.usersByContext(),
        fit.breakdown().engine(),
        remarks);
  }
}
