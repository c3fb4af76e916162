package dev.kindred.cache;

import dev.kindred.breaker.Breaker;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.RedisCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a Redis that nobody depends on.
 *
 * <p>A slow, hanging or dead Redis costs one caller a second a few milliseconds, and the others
 * nothing: who got no answer in time opens the {@link Breaker}. Connecting happens in the
 * background, and what is on its way to Redis has a bound. Safe for any number of threads.
 *
 * @param <V> what values are
 */
public final class RedisLink<V> implements AutoCloseable {

  /**
   * How it is used.
   *
   * @param patience so long a caller waits for an answer
   * @param queueMax so many commands are on their way at most
   * @param together what replicas do while Redis answers, for the log
   * @param apart what each does while it does not
   */
  public record Use(Duration patience, int queueMax, String together, String apart) {

    /** The same for somebody of another patience. */
    public Use waiting(Duration other) {
      return new Use(other, queueMax, together, apart);
    }
  }

  private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final RedisClient client;
  private final RedisCodec<String, V> codec;
  private final Use use;
  private final Breaker breaker = new Breaker(PAUSE, System::nanoTime);
  private final AtomicBoolean isConnecting = new AtomicBoolean();
  // Null until Redis was there for the first time; from then on it connects again by itself.
  private volatile @Nullable StatefulRedisConnection<String, V> connection;

  /** Goes to the Redis of that address; it need not be there yet. */
  public RedisLink(String url, RedisCodec<String, V> codec, Use use) {
    this.codec = codec;
    this.use = use;
    this.client = RedisClient.create(url);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(use.queueMax())
            .build());
    connect();
  }

  /** The answer to a question, if it comes in time. */
  public <T> Optional<T> ask(Function<RedisAsyncCommands<String, V>, CompletionStage<T>> question) {
    if (!breaker.mayAsk()) return Optional.empty();
    StatefulRedisConnection<String, V> redis = connection;
    if (redis == null) {
      pause();
      connect();
      return Optional.empty();
    }
    try {
      T answer =
          question
              .apply(redis.async())
              .toCompletableFuture()
              .get(use.patience().toNanos(), TimeUnit.NANOSECONDS);
      if (breaker.succeeded()) log.info("redis answers again: {}", use.together());
      return Optional.of(answer);
    } catch (ExecutionException | TimeoutException | RuntimeException outOfReach) {
      pause();
      return Optional.empty();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Tells something and waits for nobody; nothing is told while Redis is out of reach. */
  public void tell(Function<RedisAsyncCommands<String, V>, CompletionStage<?>> message) {
    StatefulRedisConnection<String, V> redis = connection;
    if (redis == null || breaker.isOpen()) return;
    try {
      message
          .apply(redis.async())
          .whenComplete((_, failure) -> {
            if (failure != null) pause();
          });
    } catch (RuntimeException outOfReach) {
      pause();
    }
  }

  /** What is wrong now, if anything is. */
  public Optional<String> problem() {
    if (connection == null) return Optional.of("not connected");
    return breaker.isOpen() ? Optional.of("does not answer in time") : Optional.empty();
  }

  /** Whether there is a connection. */
  public boolean isConnected() {
    StatefulRedisConnection<String, V> known = connection;
    return known != null && known.isOpen();
  }

  /** Connects in the background, one attempt at a time. */
  private void connect() {
    if (!isConnecting.compareAndSet(false, true)) return;
    Thread.startVirtualThread(() -> {
      try {
        connection = client.connect(codec);
      } catch (RuntimeException outOfReach) {
        pause();
      } finally {
        isConnecting.set(false);
      }
    });
  }

  private void pause() {
    if (breaker.failed()) log.warn("redis does not answer in time: {}", use.apart());
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }
}
