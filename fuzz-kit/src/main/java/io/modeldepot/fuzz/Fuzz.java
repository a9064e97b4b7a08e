package io.modeldepot.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Gives a parser good inputs, then bent ones.
 *
 * <pre>{@code
 * Fuzz.of("snapshot").seed(good).refusedBy(DamagedObject.class).run(Snapshot::read);
 * }</pre>
 *
 * <p>System properties: {@code depot.fuzz.rounds} (how many bent inputs, 2,000 if unset), {@code
 * depot.fuzz.seed} (another run), {@code depot.fuzz.input} (a file to read once instead).
 */
public final class Fuzz {
  private static final int KEPT = 2_000;
  private static final int LONGEST = 1 << 18;

  private final String name;
  private final List<byte[]> seeds = new ArrayList<>();
  private final List<byte[]> words = new ArrayList<>();
  private final List<Class<? extends Throwable>> refusals = new ArrayList<>();
  private Limits limits = Limits.USUAL;
  private int oneIn = 1;

  private Fuzz(String name) {
    this.name = name;
  }

  /** A run of this name, which names the file that keeps what broke the parser. */
  public static Fuzz of(String name) {
    return new Fuzz(name);
  }

  /** A good input to begin with; at least one is needed. */
  public Fuzz seed(byte[] good) {
    seeds.add(good.clone());
    return this;
  }

  /** A good input to begin with, in UTF-8. */
  public Fuzz seed(String good) {
    return seed(good.getBytes(StandardCharsets.UTF_8));
  }

  /** Pieces that mean something to the parser, to be put in anywhere. */
  public Fuzz words(String... pieces) {
    for (String piece : pieces) {
      words.add(piece.getBytes(StandardCharsets.ISO_8859_1));
    }
    return this;
  }

  /** What the parser throws by its documentation; everything else is a failure. */
  @SafeVarargs
  public final Fuzz refusedBy(Class<? extends Throwable>... documented) {
    refusals.addAll(Arrays.asList(documented));
    return this;
  }

  /** What an input may cost, if not {@link Limits#USUAL}. */
  public Fuzz limits(Limits limits) {
    this.limits = limits;
    return this;
  }

  /** Only this share of the rounds, for a parser of which each input is slow. */
  public Fuzz oneIn(int share) {
    this.oneIn = share;
    return this;
  }

  /**
   * Reads all inputs.
   *
   * @throws AssertionError if the parser failed on one; the message names the file that holds it
   */
  public void run(Target target) {
    if (seeds.isEmpty()) {
      throw new IllegalStateException("Nothing to begin with.");
    }
    Reader reader = new Reader(target, refusals, limits);
    Optional<byte[]> again = again();
    if (again.isPresent()) {
      check(again.get(), reader.take(again.get()));
      return;
    }
    AtomicReference<byte[]> current = new AtomicReference<>(seeds.getFirst());
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .name("fuzz " + name)
            .daemon(true)
            .unstarted(
                () -> {
                  try {
                    all(reader, current);
                  } catch (Throwable e) {
                    failure.set(e);
                  }
                });
    thread.start();
    Overseer.await(thread, limits.time(), current::get, this::keep);
    if (failure.get() instanceof Error error) {
      throw error;
    } else if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
  }

  private void all(Reader reader, AtomicReference<byte[]> current) {
    SplittableRandom random = new SplittableRandom(Long.getLong("depot.fuzz.seed", 1));
    Bytes bytes = new Bytes(random, words, LONGEST);
    Json json = new Json(random);
    List<byte[]> kept = new ArrayList<>(seeds);
    Set<String> outcomes = new HashSet<>();
    for (byte[] seed : seeds) {
      current.set(seed);
      Reader.Taken taken = reader.take(seed);
      check(seed, taken);
      outcomes.add(taken.outcome());
    }
    int rounds = Math.max(1, Integer.getInteger("depot.fuzz.rounds", 2_000) / oneIn);
    for (int round = 0; round < rounds; round++) {
      byte[] input = bent(random, bytes, json, kept);
      current.set(input);
      Reader.Taken taken = reader.take(input);
      check(input, taken);
      boolean wanted = outcomes.add(taken.outcome()) || taken.read() && random.nextInt(16) == 0;
      if (wanted && kept.size() < KEPT && input.length < LONGEST / 4) {
        kept.add(input);
      }
    }
    System.out.printf(
        "fuzz %s: %d inputs, %d outcomes, at most %d ms and %.1f MiB%n",
        name, rounds, outcomes.size(), reader.mostMillis(), reader.mostBytes() / 1048576.0);
  }

  /** Every other input comes from a good one, so that those which broke do not drown it. */
  private byte[] bent(SplittableRandom random, Bytes bytes, Json json, List<byte[]> kept) {
    List<byte[]> from = random.nextBoolean() ? seeds : kept;
    byte[] input = from.get(random.nextInt(from.size()));
    byte[] bent = random.nextBoolean() ? json.bend(input) : input;
    boolean more = bent == input || random.nextInt(4) == 0;
    return more ? bytes.bend(bent, kept.get(random.nextInt(kept.size()))) : bent;
  }

  private void check(byte[] input, Reader.Taken taken) {
    taken
        .fault()
        .ifPresent(
            fault -> {
              throw new AssertionError(
                  name + " " + fault + ". The input: " + keep(input), taken.cause().orElse(null));
            });
  }

  private String keep(byte[] input) {
    try {
      Path file =
          Files.createDirectories(Path.of("target", "fuzz"))
              .resolve(name.replaceAll("[^a-z0-9]+", "-") + ".input")
              .toAbsolutePath();
      Files.write(file, input);
      return file + " (-Ddepot.fuzz.input=" + file + " gives it again)";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<byte[]> again() {
    String file = System.getProperty("depot.fuzz.input");
    try {
      return file == null ? Optional.empty() : Optional.of(Files.readAllBytes(Path.of(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
