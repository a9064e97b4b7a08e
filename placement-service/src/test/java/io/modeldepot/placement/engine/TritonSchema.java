package io.modeldepot.placement.engine;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;

/**
 * What Triton's published schema of a model configuration says of the fields that we write: names,
 * numbers and types, of {@code model_config.proto} in triton-inference-server/common. A field that
 * is not among them is an error here, as an unknown one is in Triton.
 */
final class TritonSchema {
  private static final Descriptor CONFIGURATION = build();

  private TritonSchema() {}

  /** Parses as Triton does, by protobuf's own parser of text. */
  static DynamicMessage parse(String text) throws TextFormat.ParseException {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(CONFIGURATION);
    TextFormat.Parser.newBuilder()
        .setSingularOverwritePolicy(
            TextFormat.Parser.SingularOverwritePolicy.FORBID_SINGULAR_OVERWRITES)
        .build()
        .merge(text, message);
    return message.build();
  }

  static Object field(DynamicMessage message, String name) {
    return message.getField(message.getDescriptorForType().findFieldByName(name));
  }

  private static Descriptor build() {
    DescriptorProto parameter =
        DescriptorProto.newBuilder()
            .setName("ModelParameter")
            .addField(one("string_value", 1, Type.TYPE_STRING))
            .build();
    DescriptorProto group =
        DescriptorProto.newBuilder()
            .setName("ModelInstanceGroup")
            .addEnumType(
                EnumDescriptorProto.newBuilder()
                    .setName("Kind")
                    .addValue(value("KIND_AUTO", 0))
                    .addValue(value("KIND_GPU", 1))
                    .addValue(value("KIND_CPU", 2))
                    .addValue(value("KIND_MODEL", 3)))
            .addField(one("name", 1, Type.TYPE_STRING))
            .addField(one("count", 2, Type.TYPE_INT32))
            .addField(many("gpus", 3, Type.TYPE_INT32))
            .addField(
                one("kind", 4, Type.TYPE_ENUM).toBuilder()
                    .setTypeName(".inference.ModelInstanceGroup.Kind"))
            .addField(many("profile", 5, Type.TYPE_STRING))
            .addField(one("passive", 7, Type.TYPE_BOOL))
            .addField(one("host_policy", 9, Type.TYPE_STRING))
            .build();
    DescriptorProto configuration =
        DescriptorProto.newBuilder()
            .setName("ModelConfig")
            .addNestedType(
                DescriptorProto.newBuilder()
                    .setName("ParametersEntry")
                    .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                    .addField(one("key", 1, Type.TYPE_STRING))
                    .addField(
                        one("value", 2, Type.TYPE_MESSAGE).toBuilder()
                            .setTypeName(".inference.ModelParameter")))
            .addField(one("name", 1, Type.TYPE_STRING))
            .addField(one("platform", 2, Type.TYPE_STRING))
            .addField(one("max_batch_size", 4, Type.TYPE_INT32))
            .addField(
                many("instance_group", 7, Type.TYPE_MESSAGE).toBuilder()
                    .setTypeName(".inference.ModelInstanceGroup"))
            .addField(one("default_model_filename", 8, Type.TYPE_STRING))
            .addField(
                many("parameters", 14, Type.TYPE_MESSAGE).toBuilder()
                    .setTypeName(".inference.ModelConfig.ParametersEntry"))
            .addField(one("backend", 17, Type.TYPE_STRING))
            .addField(one("runtime", 25, Type.TYPE_STRING))
            .build();
    try {
      return FileDescriptor.buildFrom(
              FileDescriptorProto.newBuilder()
                  .setName("model_config.proto")
                  .setSyntax("proto3")
                  .setPackage("inference")
                  .addMessageType(parameter)
                  .addMessageType(group)
                  .addMessageType(configuration)
                  .build(),
              new FileDescriptor[0])
          .findMessageTypeByName("ModelConfig");
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FieldDescriptorProto one(String name, int number, Type type) {
    return field(name, number, type, Label.LABEL_OPTIONAL);
  }

  private static FieldDescriptorProto many(String name, int number, Type type) {
    return field(name, number, type, Label.LABEL_REPEATED);
  }

  private static FieldDescriptorProto field(String name, int number, Type type, Label label) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(label)
        .build();
  }

  private static EnumValueDescriptorProto value(String name, int number) {
    return EnumValueDescriptorProto.newBuilder().setName(name).setNumber(number).build();
  }
}
