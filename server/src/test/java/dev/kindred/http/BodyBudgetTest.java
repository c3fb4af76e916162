package dev.kindred.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyBudgetTest {

  @Test
  void it_gives_what_it_has_and_no_more() {
    var budget = new BodyBudget(100);
    assertThat(budget.take(60)).isTrue();
    assertThat(budget.take(41)).isFalse();
    assertThat(budget.take(40)).isTrue();
    assertThat(budget.take(1)).isFalse();
    budget.giveBack(60);
    assertThat(budget.take(60)).isTrue();
  }

  @Test
  void one_body_alone_is_never_too_large() {
    var budget = new BodyBudget(100);
    assertThat(budget.take(500)).isTrue();
    assertThat(budget.take(1)).isFalse();
  }
}
