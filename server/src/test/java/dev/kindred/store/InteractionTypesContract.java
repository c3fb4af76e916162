package dev.kindred.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.Event;
import dev.kindred.domain.InteractionType;
import dev.kindred.domain.Outcome;
import dev.kindred.domain.Outcome.InteractionTypeStored;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The kinds of interactions of a tenant. */
public abstract class InteractionTypesContract extends StoreContract {

  private static final EntityKey BOOTS = EntityKey.of("product", "boots");

  protected InteractionTypesContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  @Test
  void the_built_in_types_are_there_from_the_start() {
    assertThat(types().all())
        .extracting(InteractionType::name)
        .containsExactlyElementsOf(InteractionType.builtInNames());
    assertThat(types().find("purchase"))
        .contains(
            new InteractionType(
                "purchase",
                5.0,
                Optional.empty(),
                OptionalDouble.empty(),
                true,
                Instant.EPOCH,
                Instant.EPOCH));
  }

  @Test
  void a_type_comes_back_as_it_was_registered() {
    var wave =
        new Change.PutInteractionType(
            "wave", 2.25, Optional.of("waved 👋"), OptionalDouble.of(14.5));

    InteractionTypeStored stored = shop.keep(InteractionTypeStored.class, wave);

    var expected =
        new InteractionType(
            "wave",
            2.25,
            Optional.of("waved 👋"),
            OptionalDouble.of(14.5),
            true,
            clock.now(),
            clock.now());
    assertThat(stored).isEqualTo(new InteractionTypeStored(expected, 1, true));
    assertThat(types().find("wave")).contains(expected);
    assertThat(types().all()).contains(expected).hasSize(InteractionType.builtInNames().size() + 1);
  }

  @Test
  void registering_again_changes_all_that_is_said_of_a_type() {
    Instant noon = clock.now();
    shop.keep(
        InteractionTypeStored.class,
        new Change.PutInteractionType("wave", 2, Optional.of("waved"), OptionalDouble.of(14.5)));
    clock.advance(Duration.ofHours(1));

    InteractionTypeStored again = shop.register("wave", 3);

    assertThat(again.created()).isFalse();
    assertThat(types().find("wave"))
        .contains(
            new InteractionType(
                "wave",
                3,
                Optional.empty(),
                OptionalDouble.empty(),
                true,
                noon,
                noon.plusSeconds(3600)));
  }

  @Test
  void a_built_in_type_can_be_changed_and_set_back() {
    InteractionTypeStored changed = shop.register("view", 3);
    assertThat(changed.created()).isFalse();
    assertThat(changed.type().createdAt()).isEqualTo(clock.now());
    assertThat(types().find("view")).contains(changed.type());
    assertThat(types().all()).hasSameSizeAs(InteractionType.builtInNames());

    delete("view");

    assertThat(types().find("view").orElseThrow())
        .isEqualTo(
            new InteractionType(
                "view",
                1.0,
                Optional.empty(),
                OptionalDouble.empty(),
                true,
                Instant.EPOCH,
                Instant.EPOCH));
  }

  @Test
  void deleting_a_type_forgets_what_was_registered() {
    shop.register("wave", 3);
    shop.record(Deed.of("ann", "wave", BOOTS));

    assertThat(delete("wave")).isEqualTo(new Outcome.InteractionTypeDeleted("wave", 3));

    assertThat(types().find("wave")).isEmpty();
    assertThat(types().all()).hasSameSizeAs(InteractionType.builtInNames());
    assertThat(shop.of("ann").getFirst().weight()).isEqualTo(1.0);
    assertThat(shop.refusal(new Change.DeleteInteractionType("wave")).code())
        .isEqualTo(ErrorCode.INTERACTION_TYPE_NOT_FOUND);
  }

  @Test
  void a_type_that_comes_again_is_new_but_keeps_its_number() {
    shop.register("wave", 3);
    delete("wave");
    clock.advance(Duration.ofHours(1));

    InteractionTypeStored again = shop.register("wave", 4);

    assertThat(again.created()).isTrue();
    assertThat(again.type().createdAt()).isEqualTo(clock.now());
    var numbers = new ArrayList<Integer>();
    for (Event event : shop.events()) numbers.add(((Event.InteractionTypeChanged) event).type());
    assertThat(numbers).hasSize(3);
    assertThat(numbers.stream().distinct()).hasSize(1);
  }

  @Test
  void a_type_that_was_only_used_is_not_found_but_has_a_number() {
    shop.record(Deed.of("ann", "wave", BOOTS));

    assertThat(types().find("wave")).isEmpty();
    assertThat(types().all()).extracting(InteractionType::name).doesNotContain("wave");
    int number = ((Event.Interacted) shop.newestEvent()).type();
    assertThat(types().numbered())
        .contains(
            new InteractionTypes.Numbered(
                number,
                new InteractionType(
                    "wave",
                    1.0,
                    Optional.empty(),
                    OptionalDouble.empty(),
                    false,
                    Instant.EPOCH,
                    Instant.EPOCH)));
    assertThat(shop.refusal(new Change.DeleteInteractionType("wave")).code())
        .isEqualTo(ErrorCode.INTERACTION_TYPE_NOT_FOUND);
    assertThat(shop.register("wave", 2).created()).isTrue();
  }

  @Test
  void every_type_that_stands_in_an_event_is_numbered_once() {
    shop.record(Deed.of("ann", "view", BOOTS));
    shop.record(Deed.of("ann", "wave", BOOTS));
    shop.register("wave", 2);
    shop.register("nod", 2);

    List<InteractionTypes.Numbered> numbered = types().numbered();

    assertThat(numbered).extracting(type -> type.type().name()).contains("view", "wave", "nod");
    assertThat(numbered).extracting(type -> type.type().name()).doesNotHaveDuplicates();
    assertThat(numbered)
        .extracting(InteractionTypes.Numbered::number)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private InteractionTypes types() {
    return shop.data().types();
  }

  private Outcome.InteractionTypeDeleted delete(String name) {
    return shop.keep(Outcome.InteractionTypeDeleted.class, new Change.DeleteInteractionType(name));
  }
}
