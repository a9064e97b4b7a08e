package io.modeldepot.downloader.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.Mood;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Runs transfers that are cancelled anywhere, at a hub in any mood, over parts that rot meanwhile,
 * until they end; {@code -Dchaos.seed=…} runs one of them again.
 */
class TransferChaosTest extends Transfers {
  private static final int FILES = 3;

  @RepeatedTest(4)
  void whateverHappensWhatIsVerifiedIsRight() throws Exception {
    long seed = Long.getLong("chaos.seed", System.nanoTime());
    System.out.println("TransferChaosTest: -Dchaos.seed=" + seed);
    Random random = new Random(seed);
    List<Content> contents =
        IntStream.range(0, FILES)
            .mapToObj(i -> Content.random(seed + i, random.nextLong(2L * BLOCK + BLOCK / 3)))
            .toList();
    List<FileTask> tasks =
        IntStream.range(0, FILES).mapToObj(i -> task(name(i), contents.get(i))).toList();
    Map<String, Map<Integer, Integer>> kept = new HashMap<>();

    for (int round = 0; round < 6; round++) {
      hub.calm();
      for (int i = random.nextInt(4); i > 0; i--) {
        hub.mood(mood(random)).atContentNetwork().times(1 + random.nextInt(5));
      }
      rot(random, kept, contents);
      CancelToken token = new CancelToken();
      int blocksUntilCancelled = random.nextInt(5);
      KeptJournal now = new CancellingJournal(token, blocksUntilCancelled);

      TransferResult result =
          engine(settings()).transfer(inherit(tasks, kept), now, ProgressListener.none(), token);

      verifyAndKeep(seed, result, contents, now, kept);
    }
    hub.calm();

    TransferResult last =
        engine(settings()).transfer(inherit(tasks, kept), journal, ProgressListener.none(), cancel);

    assertThat(last.allVerified()).as("seed %d: %s", seed, last.outcomes()).isTrue();
    verifyAndKeep(seed, last, contents, journal, kept);
  }

  /** Stops its transfer after some blocks. */
  private static final class CancellingJournal extends KeptJournal {
    private final CancelToken token;
    private int blocksLeft;

    CancellingJournal(CancelToken token, int blocksLeft) {
      this.token = token;
      this.blocksLeft = blocksLeft;
    }

    @Override
    public synchronized void blockDone(FileTask file, int block, int crc32c)
        throws java.io.IOException {
      super.blockDone(file, block, crc32c);
      if (blocksLeft-- == 0) {
        token.cancel();
      }
    }
  }

  private void verifyAndKeep(
      long seed,
      TransferResult result,
      List<Content> contents,
      KeptJournal journal,
      Map<String, Map<Integer, Integer>> kept) {
    for (int i = 0; i < FILES; i++) {
      FileOutcome outcome = result.outcomes().get(i);
      assertThat(outcome)
          .as("seed %d, file %d", seed, i)
          .isNotInstanceOfAny(FileOutcome.Mismatched.class, FileOutcome.Changed.class);
      if (outcome instanceof FileOutcome.Verified) {
        assertArrived(outcome, contents.get(i));
      }
      kept.computeIfAbsent(name(i), path -> new HashMap<>()).putAll(journal.of(name(i)));
    }
  }

  private List<FileTask> inherit(List<FileTask> tasks, Map<String, Map<Integer, Integer>> kept) {
    return tasks.stream()
        .map(
            task ->
                new FileTask(
                    task.remote(),
                    task.part(),
                    InheritedBlocks.of(kept.getOrDefault(task.path(), Map.of()))))
        .toList();
  }

  /** Sometimes a byte of a part turns over while nobody looks. */
  private void rot(Random random, Map<String, Map<Integer, Integer>> kept, List<Content> contents)
      throws java.io.IOException {
    int file = random.nextInt(FILES);
    for (int block : kept.getOrDefault(name(file), Map.of()).keySet()) {
      if (random.nextInt(3) == 0) {
        long end = Math.min(contents.get(file).sizeBytes(), (block + 1L) * BLOCK);
        damage(name(file), random.nextLong((long) block * BLOCK, end));
      }
    }
  }

  private static Mood mood(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> new Mood.Truncate(random.nextLong(BLOCK));
      case 1 -> new Mood.ShortLength(random.nextLong(BLOCK));
      case 2 -> new Mood.IgnoreRange();
      case 3 -> new Mood.Gzip();
      case 4 -> Mood.Refuse.with(503);
      default -> Mood.Refuse.with(403);
    };
  }

  private static String name(int file) {
    return "file-" + file + ".safetensors";
  }
}
