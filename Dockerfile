# The server of Azalai. Its database is elsewhere: DATABASE_URL (see docker-compose.yml).

FROM node:20-bookworm-slim AS build
WORKDIR /azalai
COPY package.json package-lock.json ./
# Not `npm ci`: see scripts/setup/packages.mjs.
RUN npm install --no-save --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/setup.mjs scripts/
COPY scripts/setup scripts/setup
COPY server server
COPY client client
RUN node scripts/setup.mjs build

FROM node:20-bookworm-slim AS packages
WORKDIR /azalai
COPY package.json package-lock.json ./
RUN npm install --no-save --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /azalai
COPY --from=packages /azalai/node_modules node_modules
COPY package.json ./
COPY geodata geodata
COPY --from=build /azalai/dist dist
# Archives that were asked for are kept here.
RUN install --directory --owner=node --group=node data
USER node
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/server/main.js"]
