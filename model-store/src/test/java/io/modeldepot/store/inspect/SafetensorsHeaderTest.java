package io.modeldepot.store.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsHeaderTest {
  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("model.safetensors");
  }

  @Test
  void tensorsAreListedInTheOrderOfTheirContent() throws Exception {
    SafetensorsFile.write(
        file,
        """
        {"b":{"dtype":"F32","shape":[2],"data_offsets":[12,20]},
         "__metadata__":{"format":"pt"},
         "a":{"dtype":"BF16","shape":[2,3],"data_offsets":[0,12]},
         "scalar":{"dtype":"I64","shape":[],"data_offsets":[20,28]},
         "empty":{"dtype":"F16","shape":[0,7],"data_offsets":[28,28]}}   """,
        28);

    SafetensorsHeader header = SafetensorsHeader.read(file);

    assertThat(header.tensors())
        .extracting(Tensor::name)
        .containsExactly("a", "b", "scalar", "empty");
    assertThat(header.tensors()).extracting(Tensor::elements).containsExactly(6L, 2L, 1L, 0L);
    assertThat(header.tensors().getFirst().shape()).containsExactly(2L, 3L);
    assertThat(header.metadata()).containsEntry("format", "pt");
  }

  @Test
  void aFileWithoutTensorsIsWellFormed() throws Exception {
    SafetensorsFile.write(file, "{}", 0);
    assertThat(SafetensorsHeader.read(file).tensors()).isEmpty();
  }

  @Test
  void packedTypesCountTheirBits() throws Exception {
    SafetensorsFile.write(
        file, "{\"a\":{\"dtype\":\"F4\",\"shape\":[6],\"data_offsets\":[0,3]}}", 3);
    assertThat(SafetensorsHeader.read(file).tensors().getFirst().lengthBytes()).isEqualTo(3);
  }

  @Test
  void anElementTypeFromTheFutureIsNoFault() throws Exception {
    SafetensorsFile.write(
        file, "{\"a\":{\"dtype\":\"F3\",\"shape\":[8],\"data_offsets\":[0,3]}}", 3);
    assertThat(SafetensorsHeader.read(file).tensors())
        .extracting(Tensor::dtype)
        .containsExactly("F3");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void aFileTooShortForItsLengthIsRefused(int bytes) throws IOException {
    Files.write(file, new byte[bytes]);
    refused("8 bytes of length");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, claims 18446744073709551615 bytes",
    "9223372036854775807, claims 9223372036854775807 bytes",
    "25000001, more than 25000000 are not read",
    "3, only 2 follow"
  })
  void aLengthThatCannotBeIsRefusedBeforeMemoryIsTaken(long claimed, String why)
      throws IOException {
    SafetensorsFile.write(file, claimed, "{}".getBytes(UTF_8), 0);
    refused(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "7",
        "{",
        "{\"a\"",
        "{\"a\":1}",
        "{}x",
        "{} {}",
        "\u0000\u0000",
        "{\"__metadata__\":{\"a\":1}}",
        "{\"__metadata__\":[]}"
      })
  void aHeaderThatIsNoObjectOfTensorsIsRefused(String header) throws IOException {
    SafetensorsFile.write(file, header, 0);
    refused("");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,9]}', 'do not fill'",
        "'{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,4]}', 'do not fill'",
        "'{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}', 'only 4 bytes of content'",
        "'{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[1,4]}', 'belong to no tensor'",
        "'{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}', 'last 1 bytes belong to no tensor'",
        "'{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,0]}', 'before it begins'",
        "'{\"dtype\":\"U8\",\"shape\":[-4],\"data_offsets\":[0,4]}', 'negative'",
        "'{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[-4,0]}', 'negative'",
        "'{\"dtype\":\"U8\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}', 'too large'",
        "'{\"dtype\":\"F64\",\"shape\":[9223372036854775807],\"data_offsets\":[0,4]}', 'too large'",
        "'{\"dtype\":\"NEW\",\"shape\":[9223372036854775807],\"data_offsets\":[0,4]}', 'do not fill'",
        "'{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,99999999999999999999]}', 'beyond 2^63'",
        "'{\"dtype\":\"U8\",\"shape\":[4.0],\"data_offsets\":[0,4]}', 'whole numbers'",
        "'{\"dtype\":\"U8\",\"shape\":[\"4\"],\"data_offsets\":[0,4]}', 'whole numbers'",
        "'{\"dtype\":\"U8\",\"shape\":4,\"data_offsets\":[0,4]}', 'whole numbers'",
        "'{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4,8]}', 'two data_offsets'",
        "'{\"dtype\":\"U8\",\"shape\":[4]}', 'two data_offsets'",
        "'{\"dtype\":\"U8\",\"data_offsets\":[0,4]}', 'a shape'",
        "'{\"shape\":[4],\"data_offsets\":[0,4]}', 'a dtype'",
        "'{\"dtype\":8,\"shape\":[4],\"data_offsets\":[0,4]}', 'a dtype'",
        "'{\"dtype\":\"U8\",\"shape\":[4],\"shape\":[4],\"data_offsets\":[0,4]}', 'twice'"
      })
  void aTensorThatCannotBeIsRefused(String tensor, String why) throws IOException {
    SafetensorsFile.write(file, "{\"weight\":" + tensor + "}", 4);
    refused(why);
  }

  @Test
  void overlappingTensorsAreRefused() throws IOException {
    SafetensorsFile.write(
        file,
        """
        {"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},
         "b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""",
        4);
    refused("inside the one before it");
  }

  @Test
  void aNameThatStandsTwiceIsRefused() throws IOException {
    SafetensorsFile.write(
        file,
        """
        {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},
         "a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""",
        4);
    refused("stands twice");
  }

  @Test
  void aHeaderThatNestsWithoutEndIsRefused() throws IOException {
    SafetensorsFile.write(file, "{\"a\":{\"x\":" + "[".repeat(1_000_000), 0);
    refused("not JSON that can be read");
  }

  @Test
  void aHeaderOfEndlesslyManyTensorsIsRefused() throws IOException {
    String many =
        IntStream.rangeClosed(0, SafetensorsJson.MAX_TENSORS)
            .mapToObj(
                i -> "\"%d\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}".formatted(i))
            .collect(Collectors.joining(",", "{", "}"));
    SafetensorsFile.write(file, many, 0);
    refused("more than 250000 tensors");
  }

  @Test
  void whatIsQuotedFromTheFileIsShortAndPrintable() throws IOException {
    String name = "\\u001b[31m" + "x".repeat(1000);
    SafetensorsFile.write(file, "{\"" + name + "\":{\"shape\":[4]}}", 4);
    assertThatThrownBy(() -> SafetensorsHeader.read(file))
        .hasMessageContaining("'?[31mxxx")
        .message()
        .hasSizeLessThan(200);
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path secret = SafetensorsFile.write(folder.resolve("elsewhere"), "{}", 0);
    Files.createSymbolicLink(file, secret);
    assertThatThrownBy(() -> SafetensorsHeader.read(file)).isInstanceOf(IOException.class);
  }

  private void refused(String why) {
    assertThatThrownBy(() -> SafetensorsHeader.read(file))
        .isInstanceOf(MalformedModelFile.class)
        .hasMessageContaining(why);
  }
}
