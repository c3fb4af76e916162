package dev.kindred.client;

import static dev.kindred.client.TestServer.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kindred.client.model.Entity;
import dev.kindred.client.model.EntityBody;
import dev.kindred.client.model.EntityPatch;
import dev.kindred.client.model.EntityQuery;
import dev.kindred.client.model.InteractionQuery;
import dev.kindred.client.model.InteractionType;
import dev.kindred.client.model.InteractionTypeBody;
import dev.kindred.client.model.Job;
import dev.kindred.client.model.Key;
import dev.kindred.client.model.NewEntity;
import dev.kindred.client.model.NewInteraction;
import dev.kindred.client.model.NewKey;
import dev.kindred.client.model.Order;
import dev.kindred.client.model.OrderItem;
import dev.kindred.client.model.Product;
import dev.kindred.client.model.RecordedInteraction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every group of calls, against the real server. */
class CallsTest {

  private final Kindred client = TestServer.client();
  private final String id = newId();

  @Test
  void an_entity_lives_from_creation_to_deletion() {
    Entity made =
        client.createEntity(
            NewEntity.of(id, "product").attributes(Map.of("name", "Kettle", "unitPrice", 39.9)));
    assertThat(made.attributes()).isEqualTo(Map.of("name", "Kettle", "unitPrice", 39.9));
    assertThat(made.featureVector()).isNotEmpty();
    assertThat(made.position()).isPresent();

    var later = Instant.parse("2030-01-02T00:00:00Z");
    var type = EntityQuery.all().entityType("product");
    Entity patched =
        client.patchEntity(
            id,
            EntityPatch.empty().attributes(Map.of("unitPrice", 35)).availableUntil(later),
            type);
    assertThat(patched.attributes()).isEqualTo(Map.of("name", "Kettle", "unitPrice", 35));
    assertThat(patched.availableUntil()).contains(later);
    assertThat(
            client
                .patchEntity(id, EntityPatch.empty().remove("available_until"), type)
                .availableUntil())
        .isEmpty();

    client.replaceEntity(id, EntityBody.of(Map.of("name", "Pot")), type);
    Entity read = client.getEntity(id, type.fields(List.of("entity_id", "attributes")));
    assertThat(read.attributes()).isEqualTo(Map.of("name", "Pot"));
    assertThat(read.createdAt()).isEmpty();

    long position = client.deleteEntity(id, type);
    assertThatExceptionOfType(ApiException.NotFound.class)
        .isThrownBy(() -> client.withMinPosition(position).getEntity(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b?c#d e%2F", "..", ".", "täst-✓", "a+b&c=d*"})
  void an_id_may_hold_any_character(String odd) {
    client.createEntity(NewEntity.of(odd, "odd-java"), EntityQuery.all().upsert(true));
    Entity read =
        client.getEntity(odd, EntityQuery.all().entityType("odd-java").includeVector(false));
    assertThat(read.entityId()).isEqualTo(odd);
  }

  @Test
  void many_entities_come_page_by_page() {
    List<NewEntity> rows = IntStream.range(0, 7).mapToObj(n -> NewEntity.of(id + n, id)).toList();
    assertThat(client.importEntities(rows).successful()).isEqualTo(7);
    var found = new ArrayList<String>();
    client
        .iterateEntities(EntityQuery.all().entityType(id).limit(3))
        .forEach(entity -> found.add(entity.entityId()));
    assertThat(found)
        .containsExactly(IntStream.range(0, 7).mapToObj(n -> id + n).toArray(String[]::new));
  }

  @Test
  void shop_plugins_may_name_their_tenant_in_the_path() {
    assertThat(client.putProduct("shop", Product.of(id)).entityType()).isEqualTo("product");
    assertThat(client.withTenant("shop").getEntity(id).tenantId()).isEqualTo("shop");
    assertThat(client.deleteProduct("shop", id, EntityQuery.all())).isPositive();
  }

  @Test
  void an_import_may_go_on_as_a_job() throws InterruptedException {
    Job started = client.startEntityImport(List.of(NewEntity.of(id, "product")));
    Job job = client.getJob(started.jobId());
    for (int tries = 0; tries < 1000 && !job.isFinished(); tries++) {
      Thread.sleep(20);
      job = client.getJob(started.jobId());
    }
    assertThat(job.status()).isEqualTo("completed");
    assertThat(client.listJobs(1000)).extracting(Job::jobId).contains(job.jobId());
  }

  @Test
  void what_a_user_did_is_read_newest_first() {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    RecordedInteraction rated =
        client.recordInteraction(
            NewInteraction.rating(id, "film-1", 4.5).entityType("film").timestamp(yesterday));
    assertThat(rated.interactionType()).isEqualTo("rating");
    assertThat(rated.weight()).isEqualTo(4.5);
    assertThat(rated.recommendationId()).isEmpty();
    var items = List.of(OrderItem.of("a").quantity(2), OrderItem.of("b"));
    var order = client.recordOrder(Order.of(id, items).orderId(id));
    assertThat(order.interactions()).hasSize(2);

    var page =
        client
            .withMinPosition(order.position())
            .listUserInteractions(id, InteractionQuery.all().limit(2));
    assertThat(page.interactions())
        .extracting(RecordedInteraction::entityId)
        .containsExactlyInAnyOrder("a", "b");
    var rest =
        client.listUserInteractions(
            id, InteractionQuery.all().cursor(page.nextCursor().orElseThrow()));
    assertThat(rest.interactions())
        .extracting(RecordedInteraction::entityId)
        .containsExactly("film-1");
    assertThat(rest.nextCursor()).isEmpty();
    assertThat(client.iterateUserInteractions(id, InteractionQuery.all().limit(1))).hasSize(3);
    assertThat(
            client
                .listEntityInteractions("film-1", InteractionQuery.all().entityType("film"))
                .interactions())
        .isNotEmpty();
  }

  @Test
  void a_type_counts_as_registered() {
    client.registerInteractionType(
        id, InteractionTypeBody.empty().weight(2.5).description("a test's"));
    client.changeInteractionType(id, InteractionTypeBody.empty().weight(3.5));
    assertThat(client.getInteractionType(id).weight()).isEqualTo(3.5);
    assertThat(client.listInteractionTypes())
        .extracting(InteractionType::interactionType)
        .contains(id);
    assertThat(client.deleteInteractionType(id)).isPositive();
  }

  @Test
  void a_user_is_erased_with_everything_they_did() {
    client.putUser(id, Map.of("age", 30));
    client.recordInteraction(NewInteraction.of(id, "a", "view").entityType("product"));
    assertThat(client.getUser(id).interactionCount()).isEqualTo(1);
    assertThat(client.eraseUser(id).interactionsRemoved()).isEqualTo(1);
    assertThatExceptionOfType(ApiException.NotFound.class)
        .isThrownBy(() -> client.getUser(id))
        .satisfies(told -> assertThat(told.code()).isEqualTo("USER_NOT_FOUND"));
  }

  @Test
  void a_key_opens_until_it_is_revoked() {
    Key made = client.createKey(NewKey.of("server").name("java tests"));
    Kindred other = Kindred.connect(TestServer.URL, made.key().orElseThrow());
    other.listEntities(EntityQuery.all().limit(1));
    assertThat(client.listKeys()).extracting(Key::keyId).contains(made.keyId());
    client.revokeKey(made.keyId());
    assertThatExceptionOfType(ApiException.Unauthenticated.class)
        .isThrownBy(() -> other.listEntities(EntityQuery.all()));
  }

  @Test
  void tenants_do_not_see_each_other() {
    client.withTenant("one").createEntity(NewEntity.of(id, "product"));
    assertThatExceptionOfType(ApiException.NotFound.class)
        .isThrownBy(() -> client.withTenant("two").getEntity(id));
  }

  @Test
  void a_tenants_settings_have_a_history() {
    String tenant = id.substring(0, 20);
    var first = client.putTenantConfig(tenant, Map.of("DEFAULT_RECOMMENDATION_COUNT", 12));
    client.putTenantConfig(tenant, Map.of("DEFAULT_RECOMMENDATION_COUNT", 15));
    var back = client.rollBackTenantConfig(tenant, first.version());
    assertThat(back.config()).isEqualTo(first.config()).isNotEmpty();
    assertThat(client.getTenantConfig(tenant).version()).isEqualTo(back.version());
    assertThat(client.listTenantConfigs(tenant, 10)).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void the_server_tells_how_it_is() {
    assertThat(client.getHealth().service()).isEqualTo("kindred");
    assertThat(client.getReadiness().isReady()).isTrue();
    assertThat(client.getMetrics()).contains("http_requests_total");
    assertThat(client.getConfig()).isNotEmpty();
    assertThat(client.reloadConfig()).isNotNull();
  }
}
