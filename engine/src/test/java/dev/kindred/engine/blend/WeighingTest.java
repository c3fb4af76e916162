package dev.kindred.engine.blend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.engine.Interactions;
import dev.kindred.engine.blend.Weighing.Reading;
import org.junit.jupiter.api.Test;

class WeighingTest {
  private final Interactions ratings =
      Interactions.builder().add(0, 0, 5f).add(0, 1, 2f).add(0, 2, 4f).add(0, 3, -1f).build();

  @Test
  void given_weights_are_kept_without_dislikes() {
    var read = new Weighing(Reading.GIVEN, 4f).of(ratings);
    assertThat(read.history(0).items()).containsExactly(0, 1, 2);
    assertThat(read.history(0).weights()).containsExactly(5f, 2f, 4f);
  }

  @Test
  void even_weights_say_that_something_was_done() {
    assertThat(new Weighing(Reading.EVEN, 4f).of(ratings).history(0).weights())
        .containsExactly(1f, 1f, 1f);
    assertThat(new Weighing(Reading.EVEN, 4f).of(-3f)).isEqualTo(-1f);
  }

  @Test
  void only_the_liked_count() {
    var read = new Weighing(Reading.LIKED, 4f).of(ratings);
    assertThat(read.history(0).items()).containsExactly(0, 2);
    assertThat(read.history(0).weights()).containsExactly(1f, 1f);
  }
}
