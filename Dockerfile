# The cart service alone: no practice provider, no practice cooperative, no embedded database.
#   docker build -t cart .
#   docker run -p 8002:8000 --env-file .env cart
FROM node:24.21.0-slim AS build
WORKDIR /build
COPY . .
# JavaScript alone: types are checked by npm test, for which this is not the place.
RUN node toolchain.mjs turbo run build --only --filter=@rose-ash/cart-service

FROM node:24.21.0-slim
ENV NODE_ENV=production PORT=8000
WORKDIR /app
COPY --from=build /build/apps/cart-service/dist/production ./
COPY entrypoint.sh ./
USER node
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["./entrypoint.sh"]
CMD ["serve"]
