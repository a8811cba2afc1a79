-- The menu is a conversation of its own: chats in which no registration is open belong to it.
UPDATE conversations SET dialog = 'home', state = '{}' WHERE dialog = 'connect-person' AND state LIKE '{"state":"Home"%';
