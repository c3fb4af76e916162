package dev.kindred.domain;

/**
 * What is known about how a tenant's attributes are distributed, as bytes that only {@code
 * collect.features} reads.
 *
 * @param version counts from 1; 0 stands for what is assumed before anything is known
 * @param bytes not copied, for reading only
 */
public record FeatureStatisticsBytes(int version, byte[] bytes) {}
