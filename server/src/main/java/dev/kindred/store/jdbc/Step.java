package dev.kindred.store.jdbc;

import dev.kindred.domain.Change;
import dev.kindred.domain.TenantId;

/**
 * One change of an append.
 *
 * @param index where its outcome belongs
 */
record Step(int index, TenantId tenant, Change change) {}
