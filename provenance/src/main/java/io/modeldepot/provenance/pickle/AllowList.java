package io.modeldepot.provenance.pickle;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The imports that a checkpoint of tensors needs, and nothing else. A list of what is forbidden is
 * always behind: each of the scanners that were bypassed in 2025 had one. A name matches whole or
 * not at all; {@code OrderedDict.__class__} is another name than {@code OrderedDict}.
 *
 * <p>Source: what PyTorch itself accepts with {@code weights_only=True}, and the constructors with
 * which NumPy writes arrays and scalars. Left out on purpose although checkpoints have it: {@code
 * torch.storage._load_from_bytes}, which unpickles its argument without any check.
 */
public final class AllowList {
  private static final List<String> STORAGES =
      List.of(
          "Double",
          "Float",
          "Half",
          "BFloat16",
          "Long",
          "Int",
          "Short",
          "Char",
          "Byte",
          "Bool",
          "ComplexDouble",
          "ComplexFloat",
          "QUInt8",
          "QInt8",
          "QInt32",
          "QUInt4x2",
          "QUInt2x4");
  private static final List<String> TENSORS =
      List.of(
          "Double", "Float", "Half", "BFloat16", "Long", "Int", "Short", "Char", "Byte", "Bool");
  private static final List<String> DTYPES =
      List.of(
          "float64",
          "float32",
          "float16",
          "bfloat16",
          "int64",
          "int32",
          "int16",
          "int8",
          "uint8",
          "uint16",
          "uint32",
          "uint64",
          "bool",
          "complex32",
          "complex64",
          "complex128",
          "quint8",
          "qint8",
          "qint32",
          "quint4x2",
          "quint2x4",
          "float8_e4m3fn",
          "float8_e5m2",
          "float8_e4m3fnuz",
          "float8_e5m2fnuz",
          "float8_e8m0fnu",
          "float4_e2m1fn_x2");
  private static final List<String> REBUILDERS =
      List.of(
          "_rebuild_parameter",
          "_rebuild_parameter_with_state",
          "_rebuild_qtensor",
          "_rebuild_tensor",
          "_rebuild_tensor_v2",
          "_rebuild_tensor_v3",
          "_rebuild_sparse_tensor",
          "_rebuild_meta_tensor_no_storage",
          "_rebuild_nested_tensor",
          "_rebuild_device_tensor_from_cpu_tensor",
          "_rebuild_device_tensor_from_numpy");
  private static final List<String> QUANTIZED =
      List.of(
          "per_tensor_affine",
          "per_tensor_symmetric",
          "per_channel_affine",
          "per_channel_symmetric",
          "per_channel_affine_float_qparams");
  private static final List<String> CONTAINERS =
      List.of(
          "set",
          "frozenset",
          "bytearray",
          "complex",
          "slice",
          "dict",
          "list",
          "tuple",
          "int",
          "float",
          "bool");

  private static final AllowList CHECKPOINTS = new AllowList(checkpoints());

  private final Set<ImportName> names;

  private AllowList(Set<ImportName> names) {
    this.names = Set.copyOf(names);
  }

  /** What tensors, their containers and NumPy's arrays need. */
  public static AllowList ofCheckpoints() {
    return CHECKPOINTS;
  }

  /** Whether this import runs nothing that its author chose. */
  public boolean allows(ImportName name) {
    return names.contains(name);
  }

  /** How many names there are. */
  public int size() {
    return names.size();
  }

  private static Set<ImportName> checkpoints() {
    Set<ImportName> names = new HashSet<>();
    torch(names);
    numpy(names);
    for (String container : CONTAINERS) {
      names.add(new ImportName("builtins", container));
      names.add(new ImportName("__builtin__", container));
    }
    for (String name : List.of("OrderedDict", "Counter", "defaultdict")) {
      names.add(new ImportName("collections", name));
    }
    names.add(new ImportName("_codecs", "encode"));
    names.add(new ImportName("argparse", "Namespace"));
    return names;
  }

  private static void torch(Set<ImportName> names) {
    for (String storage : STORAGES) {
      names.add(new ImportName("torch", storage + "Storage"));
      names.add(new ImportName("torch.cuda", storage + "Storage"));
    }
    for (String tensor : TENSORS) {
      names.add(new ImportName("torch", tensor + "Tensor"));
      names.add(new ImportName("torch.cuda", tensor + "Tensor"));
    }
    for (String name : DTYPES) {
      names.add(new ImportName("torch", name));
    }
    for (String name : QUANTIZED) {
      names.add(new ImportName("torch", name));
    }
    for (String name : List.of("Tensor", "Size", "device")) {
      names.add(new ImportName("torch", name));
    }
    for (String name : List.of("TypedStorage", "UntypedStorage")) {
      names.add(new ImportName("torch.storage", name));
    }
    for (String name : REBUILDERS) {
      names.add(new ImportName("torch._utils", name));
    }
    names.add(new ImportName("torch._tensor", "_rebuild_from_type_v2"));
    names.add(new ImportName("torch.nn.parameter", "Parameter"));
    names.add(new ImportName("torch.nn.parameter", "Buffer"));
    names.add(new ImportName("torch.serialization", "_get_layout"));
  }

  private static void numpy(Set<ImportName> names) {
    for (String core : List.of("numpy.core", "numpy._core")) {
      names.add(new ImportName(core + ".multiarray", "_reconstruct"));
      names.add(new ImportName(core + ".multiarray", "scalar"));
      names.add(new ImportName(core + ".numeric", "_frombuffer"));
    }
    names.add(new ImportName("numpy", "ndarray"));
    names.add(new ImportName("numpy", "dtype"));
  }
}
