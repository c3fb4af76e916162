package dev.kindred.client.model;

/** Who came to a variant and who converted. */
public record VariantCount(String variant, long conversions, long views) {}
