"""Charts: data in, figure out. Nothing here knows Streamlit or the store."""
