package io.modeldepot.registry.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectTest {

  @ParameterizedTest
  @CsvSource({
    "/api/v1/models,models",
    "/api/v1/models?limit=5&cursor=abc,models",
    "/api/v1/models/phi-2,model/phi-2",
    "/api/v1/models/phi-2?x=1,model/phi-2",
    "/api/v1/models/a.b_c/versions?limit=5,model/a.b_c",
    "/api/v1/models/phi-2/versions/0a1b/files,model/phi-2",
    "/api/v1/storage,storage",
    "/api/v1/storage/default,storage"
  })
  void anAddressDependsOn(String address, String subject) {
    assertThat(Subject.of(address)).contains(new Subject(subject));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/models?filter=verified%3C7d",
        "/api/v1/models?limit=5&filter=size%3E1g",
        "/api/v1/models/phi-2/versions?filter=verified%3C7d",
        "/api/v1/models/A",
        "/api/v1/models/%70hi-2",
        "/api/v1/modelsx",
        "/api/v1/status"
      })
  void itsAnswerIsNotKept(String address) {
    assertThat(Subject.of(address)).isEmpty();
  }

  @Test
  void addressesWithoutEndAreNotKept() {
    assertThat(Subject.of("/api/v1/models?q=" + "x".repeat(2000))).isEmpty();
  }
}
