-- The tables of the contact book, version 1. Runs again without harm.
create table if not exists ipfs_contact (
	peer_id varchar(128) not null primary key,
	name varchar(100) not null unique
);

create table if not exists ipfs_contact_address (
	peer_id varchar(128) not null,
	address varchar(1000) not null,
	last_connected timestamp with time zone,
	primary key (peer_id, address),
	foreign key (peer_id) references ipfs_contact (peer_id) on delete cascade
);
