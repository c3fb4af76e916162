package dev.kindred.store;

import static dev.kindred.store.Shop.draft;
import static dev.kindred.store.Shop.json;
import static dev.kindred.store.Shop.vector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.Entity;
import dev.kindred.domain.EntityDraft;
import dev.kindred.domain.EntityDraft.Availability;
import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityKey;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.FeatureVector;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.Outcome;
import dev.kindred.store.Catalog.Numbered;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The entities of a tenant. */
public abstract class CatalogContract extends StoreContract {

  private static final EntityKey BOOTS = EntityKey.of("product", "boots");
  private static final EntityKey COAT = EntityKey.of("product", "coat");

  protected CatalogContract(Function<Clock, Store> emptyStore) {
    super(emptyStore);
  }

  @Test
  void an_entity_comes_back_as_it_was_given() {
    var from = Instant.parse("2026-03-01T08:00:00.123456Z");
    var until = Instant.parse("2026-12-24T18:00:00Z");
    var draft =
        new EntityDraft(
            BOOTS,
            json(
                "{\"n\":null,\"name\":\"Böötë 🥾\",\"size\":[41,42.50],\"nested\":{\"a\":{\"b\":1}}}"),
            FeatureVector.given(vector(7).values()),
            new Availability(Optional.of(from), Optional.of(until)));

    Outcome.EntityStored stored = shop.put(draft, PutMode.CREATE);

    Entity expected =
        new Entity(
            BOOTS,
            draft.attributes(),
            draft.vector(),
            draft.availability(),
            clock.now(),
            clock.now());
    assertThat(stored).isEqualTo(new Outcome.EntityStored(expected, 1, true));
    assertThat(catalog().find(BOOTS)).contains(expected);
  }

  @Test
  void times_are_kept_to_the_microsecond() {
    clock.advance(Duration.ofNanos(123_456_789));
    var from = Instant.parse("2026-03-01T08:00:00.000000999Z");
    var availability = new Availability(Optional.of(from), Optional.empty());

    Entity stored =
        shop.put(new EntityDraft(BOOTS, json("{}"), vector(1), availability), PutMode.CREATE)
            .entity();

    assertThat(stored.createdAt()).isEqualTo("2026-03-02T12:00:00.123456Z");
    assertThat(stored.availability().from()).contains(Instant.parse("2026-03-01T08:00:00Z"));
    assertThat(catalog().find(BOOTS)).contains(stored);
  }

  @Test
  void ids_may_hold_any_text_and_types_are_told_apart_by_case() {
    var odd = EntityKey.of("product", "a/b%20 ' \" ; -- \\ \ud83d\ude00 \u00e9 e\u0301");
    var upper = EntityKey.of("Product", odd.id().value());
    shop.put(odd, "{\"a\":1}");
    shop.put(upper, "{\"a\":2}");

    assertThat(catalog().find(odd).orElseThrow().attributes()).isEqualTo(json("{\"a\":1}"));
    assertThat(catalog().find(upper).orElseThrow().attributes()).isEqualTo(json("{\"a\":2}"));
    assertThat(catalog().find(EntityKey.of("product", odd.id().value().replace('b', 'B'))))
        .isEmpty();
  }

  @Test
  void creating_what_is_there_is_a_conflict() {
    shop.put(draft(BOOTS, "{\"a\":1}"), PutMode.CREATE);

    var refusal = shop.refusal(new Change.PutEntity(draft(BOOTS, "{\"a\":2}"), PutMode.CREATE));

    assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(catalog().find(BOOTS).orElseThrow().attributes()).isEqualTo(json("{\"a\":1}"));
  }

  @Test
  void replacing_needs_one_that_is_there() {
    var replace = new Change.PutEntity(draft(BOOTS, "{\"a\":2}"), PutMode.REPLACE);
    assertThat(shop.refusal(replace).code()).isEqualTo(ErrorCode.ENTITY_NOT_FOUND);

    shop.put(BOOTS, "{\"a\":1}");

    assertThat(shop.keep(Outcome.EntityStored.class, replace).created()).isFalse();
    assertThat(catalog().find(BOOTS).orElseThrow().attributes()).isEqualTo(json("{\"a\":2}"));
  }

  @Test
  void upserting_creates_or_replaces_and_keeps_the_time_of_creation() {
    Instant noon = clock.now();
    assertThat(shop.put(draft(BOOTS, "{\"a\":1}"), PutMode.UPSERT).created()).isTrue();
    int number = shop.numberOf(BOOTS);
    clock.advance(Duration.ofHours(1));

    Outcome.EntityStored again = shop.put(draft(BOOTS, "{\"a\":2}"), PutMode.UPSERT);

    assertThat(again.created()).isFalse();
    assertThat(again.entity().createdAt()).isEqualTo(noon);
    assertThat(again.entity().updatedAt()).isEqualTo(noon.plus(Duration.ofHours(1)));
    assertThat(catalog().find(BOOTS)).contains(again.entity());
    assertThat(shop.numberOf(BOOTS)).isEqualTo(number);
  }

  @Test
  void an_edit_gets_what_is_stored_and_says_what_is_to_be() {
    shop.put(BOOTS, "{\"a\":1}");
    var seen = new ArrayList<Entity>();

    Outcome.EntityStored edited =
        shop.keep(
            Outcome.EntityStored.class,
            new Change.EditEntity(
                BOOTS,
                entity -> {
                  seen.add(entity);
                  return new EntityDraft(
                      BOOTS, json("{\"b\":2}"), vector(3), entity.availability());
                }));

    assertThat(seen).extracting(Entity::attributes).contains(json("{\"a\":1}"));
    assertThat(edited.created()).isFalse();
    assertThat(edited.entity().attributes()).isEqualTo(json("{\"b\":2}"));
    assertThat(edited.entity().vector()).isEqualTo(vector(3));
    assertThat(catalog().find(BOOTS)).contains(edited.entity());
  }

  @Test
  void an_edit_may_refuse_and_needs_an_entity() {
    var refusing =
        new Change.EditEntity(
            BOOTS,
            _ -> {
              throw new InvalidRequest("attributes are too large");
            });
    assertThat(shop.refusal(refusing).code()).isEqualTo(ErrorCode.ENTITY_NOT_FOUND);

    shop.put(BOOTS, "{\"a\":1}");

    assertThat(shop.refusal(refusing)).hasMessage("attributes are too large");
    assertThat(catalog().find(BOOTS).orElseThrow().attributes()).isEqualTo(json("{\"a\":1}"));
  }

  @Test
  void a_deleted_entity_is_gone_from_every_list() {
    shop.put(BOOTS, "{}");
    shop.put(COAT, "{}");

    assertThat(shop.delete(BOOTS)).isEqualTo(new Outcome.EntityDeleted(BOOTS, 3));

    assertThat(catalog().find(BOOTS)).isEmpty();
    assertThat(catalog().typesOf(BOOTS.id())).isEmpty();
    assertThat(keysOfPage(Optional.empty(), Optional.empty(), 10)).containsExactly(COAT);
    assertThat(shop.refusal(new Change.DeleteEntity(BOOTS)).code())
        .isEqualTo(ErrorCode.ENTITY_NOT_FOUND);
  }

  @Test
  void a_deleted_entity_leaves_a_tombstone_under_its_number() {
    shop.put(BOOTS, "{}");
    int number = shop.numberOf(BOOTS);

    shop.delete(BOOTS);

    var tombstone = new Numbered(number, BOOTS, Optional.empty());
    assertThat(catalog().numbered(List.of(number))).containsExactly(tombstone);
    assertThat(scanAfter(0)).containsExactly(tombstone);
  }

  @Test
  void an_entity_that_comes_again_is_another_one_with_another_number() {
    shop.put(BOOTS, "{\"a\":1}");
    int first = shop.numberOf(BOOTS);
    shop.delete(BOOTS);
    clock.advance(Duration.ofMinutes(1));

    Outcome.EntityStored again = shop.put(draft(BOOTS, "{\"a\":2}"), PutMode.CREATE);

    assertThat(again.created()).isTrue();
    assertThat(again.entity().createdAt()).isEqualTo(clock.now());
    assertThat(shop.numberOf(BOOTS)).isGreaterThan(first);
    assertThat(catalog().numbered(List.of(first)))
        .containsExactly(new Numbered(first, BOOTS, Optional.empty()));
  }

  @Test
  void an_entity_that_was_only_named_has_a_number_and_keeps_it_when_it_comes() {
    shop.record(Deed.of("ann", "view", BOOTS));
    int number = shop.numberOf(BOOTS);

    assertThat(catalog().find(BOOTS)).isEmpty();
    assertThat(catalog().typesOf(BOOTS.id())).isEmpty();
    assertThat(keysOfPage(Optional.empty(), Optional.empty(), 10)).isEmpty();
    assertThat(scanAfter(0)).containsExactly(new Numbered(number, BOOTS, Optional.empty()));
    assertThat(shop.refusal(new Change.DeleteEntity(BOOTS)).code())
        .isEqualTo(ErrorCode.ENTITY_NOT_FOUND);

    Outcome.EntityStored stored = shop.put(draft(BOOTS, "{}"), PutMode.CREATE);

    assertThat(stored.created()).isTrue();
    assertThat(shop.numberOf(BOOTS)).isEqualTo(number);
  }

  @Test
  void types_of_an_id_come_in_order() {
    for (String type : List.of("film", "Book", "article")) {
      shop.put(EntityKey.of(type, "dune"), "{}");
    }
    shop.put(EntityKey.of("product", "other"), "{}");

    assertThat(catalog().typesOf(new EntityId("dune")))
        .extracting(EntityType::value)
        .containsExactly("Book", "article", "film");
    assertThat(catalog().typesOf(new EntityId("unknown"))).isEmpty();
  }

  @Test
  void a_page_goes_on_after_a_key_whether_that_is_there_or_not() {
    for (String id : List.of("d", "b", "a", "c")) shop.put(EntityKey.of("product", id), "{}");
    shop.put(EntityKey.of("film", "z"), "{}");

    assertThat(keysOfPage(Optional.empty(), Optional.empty(), 2))
        .containsExactly(EntityKey.of("film", "z"), EntityKey.of("product", "a"));
    assertThat(keysOfPage(Optional.empty(), Optional.of(EntityKey.of("product", "a")), 2))
        .containsExactly(EntityKey.of("product", "b"), EntityKey.of("product", "c"));
    assertThat(keysOfPage(Optional.empty(), Optional.of(EntityKey.of("product", "bb")), 10))
        .containsExactly(EntityKey.of("product", "c"), EntityKey.of("product", "d"));
    assertThat(
            keysOfPage(
                Optional.of(new EntityType("product")),
                Optional.of(EntityKey.of("product", "c")),
                10))
        .containsExactly(EntityKey.of("product", "d"));
    assertThat(keysOfPage(Optional.of(new EntityType("film")), Optional.empty(), 10))
        .containsExactly(EntityKey.of("film", "z"));
    assertThat(keysOfPage(Optional.of(new EntityType("song")), Optional.empty(), 10)).isEmpty();
  }

  @Test
  void ids_are_ordered_by_code_points() {
    List<String> inOrder =
        List.of(" ", "A", "Z", "a", "a b", "ab", "z", "é", "\uff5e", "\ud83d\ude00");
    for (String id : inOrder.reversed()) shop.put(EntityKey.of("product", id), "{}");

    assertThat(keysOfPage(Optional.empty(), Optional.empty(), 100))
        .extracting(key -> key.id().value())
        .containsExactlyElementsOf(inOrder);
  }

  @Test
  void a_scan_goes_by_the_numbers_and_goes_on_after_one() {
    for (int i = 0; i < 5; i++) shop.put(EntityKey.of("product", "p" + (9 - i)), "{}");

    List<Numbered> all = scanAfter(0);
    assertThat(all)
        .extracting(numbered -> numbered.key().id().value())
        .containsExactly("p9", "p8", "p7", "p6", "p5");
    assertThat(all).extracting(Numbered::number).isSorted().doesNotHaveDuplicates();
    assertThat(all).allMatch(n -> n.entity().equals(catalog().find(n.key())));
    assertThat(scanAfter(all.get(2).number())).isEqualTo(all.subList(3, 5));
  }

  @Test
  void entities_are_found_by_their_numbers_in_their_order_and_unknown_ones_left_out() {
    shop.put(BOOTS, "{}");
    shop.put(COAT, "{}");
    int boots = shop.numberOf(BOOTS);
    int coat = shop.numberOf(COAT);

    assertThat(catalog().numbered(List.of(coat, boots, coat, 1_000_000)))
        .containsExactly(
            new Numbered(boots, BOOTS, catalog().find(BOOTS)),
            new Numbered(coat, COAT, catalog().find(COAT)));
    assertThat(catalog().numbered(List.of())).isEmpty();
  }

  @Test
  void a_made_vector_is_refreshed_without_a_place_in_the_log() {
    clock.advance(Duration.ofMinutes(1));
    shop.put(BOOTS, "{}");
    Entity read = catalog().find(BOOTS).orElseThrow();
    var newer = new FeatureVector(vector(9).values(), 1);

    catalog().refreshVectors(List.of(numbered(read, newer)));

    Entity refreshed = catalog().find(BOOTS).orElseThrow();
    assertThat(refreshed.vector()).isEqualTo(newer);
    assertThat(refreshed.updatedAt()).isEqualTo(read.updatedAt());
    assertThat(store.log().head()).isEqualTo(1);
  }

  @Test
  void an_entity_that_has_changed_since_it_was_read_keeps_its_vector() {
    shop.put(BOOTS, "{}");
    shop.put(COAT, "{}");
    Numbered boots = numbered(catalog().find(BOOTS).orElseThrow(), vector(9));
    Numbered coat = numbered(catalog().find(COAT).orElseThrow(), vector(9));
    clock.advance(Duration.ofMinutes(1));
    shop.put(new EntityDraft(BOOTS, json("{}"), vector(3), Availability.ALWAYS), PutMode.UPSERT);
    shop.delete(COAT);

    catalog().refreshVectors(List.of(boots, coat));

    assertThat(catalog().find(BOOTS).orElseThrow().vector()).isEqualTo(vector(3));
    assertThat(catalog().find(COAT)).isEmpty();
  }

  private Numbered numbered(Entity read, FeatureVector vector) {
    var entity =
        new Entity(
            read.key(),
            read.attributes(),
            vector,
            read.availability(),
            read.createdAt(),
            read.updatedAt());
    return new Numbered(shop.numberOf(read.key()), read.key(), Optional.of(entity));
  }

  @Test
  void attributes_and_versions_are_told_of_those_that_there_are() {
    shop.put(draft(BOOTS, "{\"name\":\"Böötë\"}"), PutMode.CREATE);
    shop.record(Deed.of("ann", "view", EntityKey.of("product", "only-named")));
    shop.put(COAT, "{}");
    EntityKey given = EntityKey.of("film", "given");
    var own = FeatureVector.given(vector(7).values());
    shop.put(new EntityDraft(given, json("{}"), own, Availability.ALWAYS), PutMode.CREATE);
    Entity read = catalog().find(BOOTS).orElseThrow();
    catalog()
        .refreshVectors(List.of(numbered(read, new FeatureVector(vector(9).values(), 70_000))));
    shop.delete(COAT);

    var attributes = new ArrayList<String>();
    catalog().scanAttributes((key, known) -> attributes.add(key.id() + " " + known));
    var versions = new ArrayList<String>();
    catalog().scanVersions((number, madeWith) -> versions.add(number + " " + madeWith));

    assertThat(attributes).containsExactly("boots {\"name\":\"Böötë\"}", "given {}");
    assertThat(versions)
        .containsExactly(shop.numberOf(BOOTS) + " 70000", shop.numberOf(given) + " -1");
  }

  private Catalog catalog() {
    return shop.data().catalog();
  }

  private List<EntityKey> keysOfPage(
      Optional<EntityType> type, Optional<EntityKey> after, int limit) {
    return catalog().page(type, after, limit).stream().map(Entity::key).toList();
  }

  private List<Numbered> scanAfter(int number) {
    var all = new ArrayList<Numbered>();
    catalog().scan(number, all::add);
    return all;
  }
}
