package io.modeldepot.janitor.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.RequestId;
import io.modeldepot.janitor.job.JobBook;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IntakeTest extends House {

  @Test
  void aCommandIsOnTheVolumeAndTold() throws IOException {
    ask("{\"scope\":\"cache\",\"requestId\":\"heard\"}");

    Ear.Heard accepted = reached("heard", "accepted");

    assertThat(accepted.text("/kind")).isEqualTo("cleanup");
    assertThat(accepted.text("/location")).isEqualTo("default");
    assertThat(new JobBook(store).read(RequestId.of("heard"))).isPresent();
  }

  @Test
  void theSameCommandTwiceIsOneJob() {
    ask("{\"scope\":\"cache\",\"requestId\":\"twice\"}");
    ask("{\"scope\":\"cache\",\"requestId\":\"twice\"}");
    awaitIntake();

    assertThat(
            ear.all(
                "maintenance-progressed",
                it ->
                    it.text("/requestId").equals("twice") && it.text("/state").equals("accepted")))
        .hasSize(1);
  }

  @Test
  void whoAsksAgainAfterTheEndHearsTheEndAgain() {
    ask("{\"scope\":\"cache\",\"requestId\":\"end-lost\"}");
    String end = reached("end-lost", "done").text("/sequence");

    ask("{\"scope\":\"cache\",\"requestId\":\"end-lost\"}");
    awaitIntake();

    assertThat(
            ear.all(
                "maintenance-progressed",
                it -> it.text("/requestId").equals("end-lost") && it.text("/state").equals("done")))
        .hasSize(2)
        .extracting(it -> it.text("/sequence"))
        .containsOnly(end);
  }

  @Test
  void anotherCommandUnderTheSameIdIsADeadLetter() {
    ask("{\"scope\":\"cache\",\"requestId\":\"taken\"}");
    ask("{\"scope\":\"trash\",\"requestId\":\"taken\"}");

    Ear.Heard letter =
        ear.await("cleanup-due.dead-letter", it -> it.text("/requestId").equals("taken"));

    assertThat(letter.headers()).containsEntry("depot_reason", "duplicate-id");
  }

  @Test
  void whatCannotBeMeantIsADeadLetterWithTheReason() {
    ask("{\"scope\":\"model\",\"requestId\":\"nameless\"}");

    Ear.Heard letter =
        ear.await("cleanup-due.dead-letter", it -> it.text("/requestId").equals("nameless"));

    assertThat(letter.headers())
        .containsEntry("depot_reason", "invalid")
        .containsEntry("depot_detail", "/model: the scope model needs a model.");
  }

  @Test
  void whatIsForAnotherLocationIsPassedOver() throws IOException {
    ask("{\"scope\":\"cache\",\"requestId\":\"elsewhere\",\"location\":\"lab\"}");
    awaitIntake();

    assertThat(new JobBook(store).read(RequestId.of("elsewhere"))).isEmpty();
  }

  @Test
  void theServiceSaysThatItIsReady() {
    Ear.Heard report =
        ear.await(
            "service-reported",
            it -> it.text("/service").equals("janitor") && it.text("/state").equals("ready"));

    assertThat(report.text("/instance")).isEqualTo("janitor-1");
  }
}
