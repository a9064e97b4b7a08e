package io.modeldepot.provenance.pickle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stack, marks and memo of an unpickler, holding what is known of each value and no value. Fails
 * where Python's unpickler fails (an empty stack, an unknown memo entry), and past its own size.
 */
final class Machine {
  private static final int MAX_STACK = 1 << 22;
  private static final int MAX_MARKS = 1 << 16;
  private static final int MAX_MEMO = 1 << 22;
  private static final int MAX_SPARSE = 1 << 16;
  private static final long MAX_TEXT_BYTES = 64L << 20;

  private final List<Held> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  // Picklers number what they remember from 0; only a hostile one leaves holes.
  private final List<Held> memo = new ArrayList<>();
  private final Map<Long, Held> sparse = new HashMap<>();
  private final Map<String, Held> texts = new HashMap<>();
  private long textBytes;

  void push(Held value) throws BrokenPickle {
    if (stack.size() >= MAX_STACK) {
      throw BrokenPickle.tooLarge("It stacks more values than are followed here.");
    }
    stack.add(value);
  }

  /** A text, kept once however often it is pushed. */
  void pushText(String text) throws BrokenPickle {
    Held known = texts.get(text);
    if (known == null) {
      textBytes += 96 + 2L * text.length();
      if (textBytes > MAX_TEXT_BYTES) {
        throw BrokenPickle.tooLarge("It has more different texts than are followed here.");
      }
      known = new Held.Text(text);
      texts.put(text, known);
    }
    push(known);
  }

  Held pop() throws BrokenPickle {
    if (stack.size() <= fence()) {
      throw BrokenPickle.because("It takes a value that is not there.");
    }
    return stack.removeLast();
  }

  Held top() throws BrokenPickle {
    if (stack.size() <= fence()) {
      throw BrokenPickle.because("It takes a value that is not there.");
    }
    return stack.getLast();
  }

  void mark() throws BrokenPickle {
    if (marks.size() >= MAX_MARKS) {
      throw BrokenPickle.tooLarge("It nests deeper than is followed here.");
    }
    marks.add(stack.size());
  }

  /**
   * Takes everything since the last mark.
   *
   * @return the first value after it, or a plain value when there is none
   */
  Held popToMark() throws BrokenPickle {
    if (marks.isEmpty()) {
      throw BrokenPickle.because("It goes back to a mark that is not there.");
    }
    int mark = marks.removeLast();
    Held first = mark < stack.size() ? stack.get(mark) : Held.Other.VALUE;
    stack.subList(mark, stack.size()).clear();
    return first;
  }

  /** Drops a value, or the mark where one is on top. */
  void popOrUnmark() throws BrokenPickle {
    if (!marks.isEmpty() && marks.getLast() == stack.size()) {
      marks.removeLast();
    } else {
      Held ignored = pop();
    }
  }

  void remember(long key) throws BrokenPickle {
    Held value = top();
    if (key >= 0 && key < memo.size()) {
      memo.set((int) key, value);
    } else if (key == memo.size() && key < MAX_MEMO) {
      sparse.remove(key);
      memo.add(value);
    } else if (sparse.size() < MAX_SPARSE) {
      sparse.put(key, value);
    } else {
      throw BrokenPickle.tooLarge("It remembers more values than are followed here.");
    }
  }

  /** Under the number of values that are remembered already, as Python's readers do it. */
  void rememberNext() throws BrokenPickle {
    remember((long) memo.size() + sparse.size());
  }

  void recall(long key) throws BrokenPickle {
    Held value = key >= 0 && key < memo.size() ? memo.get((int) key) : sparse.get(key);
    if (value == null) {
      throw BrokenPickle.because("It recalls a value that it never remembered.");
    }
    push(value);
  }

  private int fence() {
    return marks.isEmpty() ? 0 : marks.getLast();
  }
}
