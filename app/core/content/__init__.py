"""Stored files and what is known of them: the asset store, probes, captions."""

from app.core.content.assets import AssetMissing, AssetStore, StoredAsset

__all__ = ["AssetMissing", "AssetStore", "StoredAsset"]
