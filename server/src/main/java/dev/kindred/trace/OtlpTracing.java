package dev.kindred.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans to a collector over OTLP/HTTP, in batches, off the request's path. A slow or dead
 * collector costs spans, never requests: the queue is bounded.
 */
public final class OtlpTracing implements Tracing {

  private static final int QUEUE_MAX = 8_192;
  private static final Duration LONGEST_FLUSH = Duration.ofSeconds(3);

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * @param collector its address; where it has no path, OTLP's own is taken
   * @param sampled the share of traces that is sent; a trace that a caller began is sent if the
   *     caller's is
   * @param version of this program
   */
  public OtlpTracing(URI collector, double sampled, String version) {
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(tracesAt(collector).toString())
            .setTimeout(Duration.ofSeconds(10))
            .setConnectTimeout(Duration.ofSeconds(2))
            .build();
    var service =
        Attributes.of(
            AttributeKey.stringKey("service.name"),
            "kindred",
            AttributeKey.stringKey("service.version"),
            version);
    provider =
        SdkTracerProvider.builder()
            .setResource(Resource.getDefault().merge(Resource.create(service)))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(sampled)))
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter).setMaxQueueSize(QUEUE_MAX).build())
            .build();
    tracer = provider.get("dev.kindred");
  }

  private static URI tracesAt(URI collector) {
    String path = collector.getPath();
    boolean bare = path == null || path.isEmpty() || path.equals("/");
    return bare ? collector.resolve("/v1/traces") : collector;
  }

  @Override
  public Span request(String name, Optional<String> traceparent) {
    Context caller =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), traceparent.orElse(""), OtlpTracing::header);
    return start(name, SpanKind.SERVER, caller);
  }

  private static @Nullable String header(@Nullable String traceparent, String name) {
    return name.equals("traceparent") ? traceparent : null;
  }

  @Override
  public Span call(String name) {
    return start(name, SpanKind.CLIENT, Context.current());
  }

  @SuppressWarnings("MustBeClosedChecker") // closed with the span
  private Span start(String name, SpanKind kind, Context parent) {
    var span = tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan();
    return new Open(span, parent.with(span).makeCurrent());
  }

  @Override
  public void close() {
    provider.shutdown().join(LONGEST_FLUSH.toMillis(), TimeUnit.MILLISECONDS);
  }

  private record Open(io.opentelemetry.api.trace.Span span, Scope scope) implements Span {

    @Override
    public Span with(String attribute, String value) {
      span.setAttribute(attribute, value);
      return this;
    }

    @Override
    public Span with(String attribute, long value) {
      span.setAttribute(attribute, value);
      return this;
    }

    @Override
    public void failed(String why) {
      span.setStatus(StatusCode.ERROR, why);
    }

    @Override
    public String traceId() {
      return span.getSpanContext().getTraceId();
    }

    @Override
    public void close() {
      scope.close();
      span.end();
    }
  }
}
