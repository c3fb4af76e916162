package dev.kindred.client;

import dev.kindred.client.model.BulkReport;
import dev.kindred.client.model.InteractionPage;
import dev.kindred.client.model.InteractionQuery;
import dev.kindred.client.model.InteractionType;
import dev.kindred.client.model.InteractionTypeBody;
import dev.kindred.client.model.Job;
import dev.kindred.client.model.NewInteraction;
import dev.kindred.client.model.Order;
import dev.kindred.client.model.RecordedInteraction;
import dev.kindred.client.model.RecordedOrder;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Calls about interactions: what users did, and how much each kind of it counts. */
abstract class InteractionCalls extends EntityCalls {

  private static final TypeReference<RecordedInteraction> INTERACTION = new TypeReference<>() {};
  private static final TypeReference<List<RecordedInteraction>> INTERACTIONS =
      new TypeReference<>() {};
  private static final TypeReference<RecordedOrder> ORDER = new TypeReference<>() {};
  private static final TypeReference<InteractionType> TYPE = new TypeReference<>() {};
  private static final TypeReference<BulkReport> REPORT = new TypeReference<>() {};
  private static final TypeReference<Job> JOB = new TypeReference<>() {};

  InteractionCalls(Connection connection, Options options) {
    super(connection, options);
  }

  /**
   * Records what a user did. The recommendation id of the list it came from lets Kindred measure
   * itself.
   */
  public RecordedInteraction recordInteraction(NewInteraction interaction) {
    return json(Call.of(Operation.RECORD_INTERACTION).body(interaction), INTERACTION);
  }

  /** Records an order: one purchase an item. The same order id again is stored once. */
  public RecordedOrder recordOrder(Order order) {
    return json(Call.of(Operation.RECORD_ORDER).body(order), ORDER);
  }

  /** Records many interactions; one bad row fails alone and is told in the errors. */
  public BulkReport importInteractions(List<NewInteraction> interactions) {
    return json(
        Call.of(Operation.IMPORT_INTERACTIONS).body(Map.of("interactions", interactions)), REPORT);
  }

  /** Like {@link #importInteractions}, but answers at once with a job to ask about. */
  public Job startInteractionImport(List<NewInteraction> interactions) {
    return json(
        Call.of(Operation.START_INTERACTION_IMPORT)
            .header("Prefer", "respond-async")
            .body(Map.of("interactions", interactions)),
        JOB);
  }

  /** What a user did, newest first. */
  public InteractionPage listUserInteractions(String userId, InteractionQuery query) {
    return page(Call.of(Operation.LIST_USER_INTERACTIONS).path("user_id", userId).query(query));
  }

  /** What was done with an entity, newest first. */
  public InteractionPage listEntityInteractions(String entityId, InteractionQuery query) {
    return page(
        Call.of(Operation.LIST_ENTITY_INTERACTIONS).path("entity_id", entityId).query(query));
  }

  /** Everything that a user did, newest first, fetched page by page as it is read. */
  public Iterable<RecordedInteraction> iterateUserInteractions(
      String userId, InteractionQuery query) {
    return () ->
        new Pages<>(cursor -> {
          InteractionPage page =
              listUserInteractions(userId, cursor.map(query::cursor).orElse(query));
          return new Pages.Page<>(page.interactions(), page.nextCursor());
        });
  }

  private record Types(List<InteractionType> interactionTypes) {}

  /** The types that are built in or registered. */
  public List<InteractionType> listInteractionTypes() {
    return json(Call.of(Operation.LIST_INTERACTION_TYPES), new TypeReference<Types>() {})
        .interactionTypes;
  }

  /** Registers a type, or changes it. */
  public InteractionType registerInteractionType(String interactionType, InteractionTypeBody body) {
    return json(
        Call.of(Operation.REGISTER_INTERACTION_TYPE)
            .body(body.with("interaction_type", interactionType)),
        TYPE);
  }

  /** Reads a type. */
  public InteractionType getInteractionType(String interactionType) {
    return json(
        Call.of(Operation.GET_INTERACTION_TYPE).path("interaction_type", interactionType), TYPE);
  }

  /** Changes how much a type counts, for past interactions too from the next model on. */
  public InteractionType changeInteractionType(String interactionType, InteractionTypeBody body) {
    return json(
        Call.of(Operation.CHANGE_INTERACTION_TYPE)
            .path("interaction_type", interactionType)
            .body(body),
        TYPE);
  }

  /** Forgets what was registered about a type, and returns the position. */
  public long deleteInteractionType(String interactionType) {
    return position(
        Call.of(Operation.DELETE_INTERACTION_TYPE).path("interaction_type", interactionType));
  }

  /** The answer is a bare list, whose next page is named in a header. */
  private InteractionPage page(Call call) {
    var response = send(call, false);
    return new InteractionPage(
        parsed(response, INTERACTIONS), response.headers().firstValue("X-Next-Cursor"));
  }
}
