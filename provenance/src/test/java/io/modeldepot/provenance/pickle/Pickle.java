package io.modeldepot.provenance.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Pickles, written instruction by instruction. */
public final class Pickle {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Pickle() {}

  /** With the byte that says the protocol. */
  public static Pickle protocol(int version) {
    return new Pickle().op(0x80).op(version);
  }

  /** Protocol 0: without it. */
  public static Pickle bare() {
    return new Pickle();
  }

  public Pickle op(int opcode) {
    out.write(opcode);
    return this;
  }

  public Pickle op(char opcode) {
    return op((int) opcode);
  }

  public Pickle raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public Pickle lines(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  public Pickle global(String module, String name) {
    return lines("c" + module + "\n" + name + "\n");
  }

  public Pickle text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return op('X').raw(u4(bytes.length)).raw(bytes);
  }

  public Pickle bytes(byte[] bytes) {
    return op('B').raw(u4(bytes.length)).raw(bytes);
  }

  public Pickle stackGlobal(String module, String name) {
    return text(module).text(name).op(0x93);
  }

  public Pickle put(int key) {
    return op('q').op(key);
  }

  public Pickle get(int key) {
    return op('h').op(key);
  }

  /** Calls what is on the stack with one text. */
  public Pickle callWith(String argument) {
    return text(argument).op(0x85).op('R');
  }

  public byte[] stop() {
    return op('.').unfinished();
  }

  public byte[] unfinished() {
    return out.toByteArray();
  }

  /** What the classical attack looks like. */
  public static byte[] attack() {
    return protocol(2).global("os", "system").callWith("id").stop();
  }

  /** What a state dictionary of one tensor looks like, as PyTorch writes it. */
  public static byte[] checkpoint() {
    return protocol(2)
        .global("collections", "OrderedDict")
        .put(0)
        .op(')')
        .op('R')
        .put(1)
        .text("weight")
        .put(2)
        .global("torch._utils", "_rebuild_tensor_v2")
        .put(3)
        .op('(')
        .op('(')
        .text("storage")
        .global("torch", "FloatStorage")
        .text("0")
        .text("cpu")
        .op('K')
        .op(4)
        .op('t')
        .op('Q')
        .op('K')
        .op(0)
        .op('K')
        .op(2)
        .op('K')
        .op(2)
        .op(0x86)
        .op('K')
        .op(2)
        .op('K')
        .op(1)
        .op(0x86)
        .op(0x89)
        .global("collections", "OrderedDict")
        .op(')')
        .op('R')
        .op('t')
        .op('R')
        .op('s')
        .op('}')
        .text("_metadata")
        .get(1)
        .op('s')
        .op('b')
        .stop();
  }

  private static byte[] u4(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
