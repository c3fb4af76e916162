package dev.kindred.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.domain.EligibilityRule;
import dev.kindred.domain.EligibilityRule.Condition;
import dev.kindred.domain.EligibilityRule.Operator;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the operator says of the main database. */
final class MappingTest {

  @Test
  void the_reference_mapping_names_items_users_likes_and_clicks() throws IOException {
    Mapping mapping = FollowingTest.mapping();

    assertThat(mapping.sources())
        .extracting(Source::name)
        .containsExactly("items", "users", "like", "click");
    assertThat(mapping.items().orElseThrow().eligibleWhen().conditions())
        .containsExactly(
            new Condition("status", Operator.EQUAL, "in_stock", false),
            new Condition("geo_id", Operator.EQUAL, "geo_id", true));
    assertThat(mapping.deeds()).allMatch(deeds -> deeds.itemType().value().equals("present"));
  }

  @Test
  void a_mistake_is_told_with_its_place() {
    assertThatThrownBy(() -> Mapping.parse("{\"items\":{\"query\":\"select 1\"}}"))
        .hasMessageContaining("is missing");
    assertThatThrownBy(
            () -> Mapping.parse("{\"users\":{\"query\":\"select 1\",\"stored_when\":\"true\"}}"))
        .hasMessageContaining("does not belong here");
    assertThatThrownBy(() -> Mapping.parse("{\"things\":{}}")).hasMessageContaining("items, users");
    assertThatThrownBy(() -> Mapping.parse("{}")).hasMessageContaining("must name items");
  }

  @Test
  void a_rule_that_cannot_be_read_says_from_where_on() {
    assertThat(EligibilityRule.parse("a.b >= 5 AND c != 'it''s' and d = true").conditions())
        .containsExactly(
            new Condition("a.b", Operator.AT_LEAST, "5", false),
            new Condition("c", Operator.DIFFERENT, "it's", false),
            new Condition("d", Operator.EQUAL, "true", false));
    assertThatThrownBy(() -> EligibilityRule.parse("a = 'b' or c = 'd'"))
        .hasMessageContaining("cannot read on from 'or c = 'd''");
    assertThatThrownBy(() -> EligibilityRule.parse("")).hasMessageContaining("cannot read on");
  }
}
