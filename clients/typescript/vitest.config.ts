import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', ['junit', { outputFile: 'target/surefire-reports/TEST-typescript.xml' }]],
    fileParallelism: false,
    testTimeout: 20_000,
  },
});
