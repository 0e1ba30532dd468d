"""What a new store begins with: the plans that come with the project."""

from model.store import journal, write
from model.store.connection import Store

WHO = "Klimatinvest"


def seed_if_empty(store: Store) -> None:
    """Write the project's own plans into a store in which nothing has ever been written."""
    with store.read() as cursor:
        if journal.last(cursor) != (0, journal.FIRST_HASH):
            return
    from model.reference import plan_documents  # needed on the first start only

    documents = plan_documents()
    with store.write() as cursor:
        for document in documents:
            write.create_plan(cursor, document, WHO)
