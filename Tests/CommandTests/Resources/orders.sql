CREATE TABLE customer (id int PRIMARY KEY, name varchar(200) NOT NULL, notes text);
INSERT INTO customer
SELECT i, 'customer ' || i, CASE WHEN i % 3 > 0 THEN repeat('note ', i % 400) END
FROM generate_series(1, 5000) i;

CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL, document jsonb, invoice bytea);
INSERT INTO orders
SELECT i, 1 + i % 5000, jsonb_build_object('lines', repeat('x', (i * i) % 5000)), decode(repeat('ab', i % 3000), 'hex')
FROM generate_series(1, 20000) i;
INSERT INTO orders VALUES (20001, 1, jsonb_build_object('lines', repeat('y', 331763)), NULL);

CREATE TABLE event (at timestamptz NOT NULL, entry json);
INSERT INTO event
SELECT '2026-01-01', json_build_object('what', repeat('z', i % 90)) FROM generate_series(1, 3000) i;

ANALYZE;
