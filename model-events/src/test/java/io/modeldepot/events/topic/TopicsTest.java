package io.modeldepot.events.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicsTest {

  @Test
  void everyCommandHasADeadLetterTopicAndNothingElseHas() {
    assertThat(Topics.ALL)
        .filteredOn(topic -> topic.kind() == TopicKind.DEAD_LETTER)
        .extracting(TopicSpec::name)
        .containsExactly(
            "download-requested.dead-letter",
            "cleanup-due.dead-letter",
            "backup-due.dead-letter",
            "restore-requested.dead-letter",
            "placement-due.dead-letter");
  }

  @Test
  void aDeadLetterHasRoomForTheLargestRecordThatCanBeRead() {
    assertThat(Topics.ALL)
        .filteredOn(topic -> topic.kind() == TopicKind.DEAD_LETTER)
        .allSatisfy(
            topic ->
                assertThat(topic.settings())
                    .containsEntry("max.message.bytes", Integer.toString(Topics.MAX_RECORD_BYTES)));
  }

  @Test
  void stateIsCompactedAndCommandsAndFactsAreNot() {
    assertThat(Topics.ALL)
        .allSatisfy(
            topic ->
                assertThat(topic.settings().get("cleanup.policy"))
                    .satisfies(
                        policy ->
                            assertThat(policy.startsWith("compact"))
                                .isEqualTo(topic.kind() == TopicKind.STATE)));
  }

  @Test
  void onlyTheBusyTopicsAreSpread() {
    assertThat(Topics.ALL)
        .filteredOn(topic -> topic.partitions() != 1)
        .extracting(TopicSpec::name)
        .containsExactlyInAnyOrder("model-used", "download-progressed", "maintenance-progressed");
  }

  @Test
  void commandsCarryTheTimeAtWhichTheBrokerSawThem() {
    assertThat(Topics.ALL)
        .filteredOn(topic -> topic.kind() == TopicKind.COMMAND)
        .allSatisfy(
            topic ->
                assertThat(topic.settings())
                    .containsEntry("message.timestamp.type", "LogAppendTime"));
  }
}
