"""What QGIS makes of a server: python3 read-layers.py PLAN, where PLAN is JSON; the last line of the output is JSON.

PLAN is {url, profile, collections: [{id, rect: [west, south, east, north], filter}], tiles: [{id, rect}], definitions: {name: path}}.
"""

import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsLayerDefinition,
    QgsLayerTreeGroup,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorTileLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402

plan = json.loads(sys.argv[1])
url = plan["url"]
application = QgsApplication([], True, plan["profile"])
application.initQgis()


def ids(layer, request=None):
    """The numbers of records, which QGIS keeps as a field or as its own number, with their record_id."""
    return sorted(feature["record_id"] for feature in layer.getFeatures(request or QgsFeatureRequest()))


def rectangle(values):
    return QgsRectangle(*values)


def describe(layer):
    extent = layer.extent()
    return {
        "valid": layer.isValid(),
        "fields": {field.name(): field.typeName() for field in layer.fields()},
        "extent": [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()],
        "crs": layer.crs().authid(),
        "geometry": QgsWkbTypes.geometryDisplayString(layer.geometryType()),
    }


def read_collection(wish):
    source = f"url='{url}/' typename='{wish['id']}' restrictToRequestBBOX='1' pagingEnabled='true' pageSize='{plan['page']}'"
    layer = QgsVectorLayer(source, wish["id"], "OAPIF")
    result = describe(layer)
    if not layer.isValid():
        return result
    result["ids"] = ids(layer)
    result["count"] = layer.featureCount()
    # Each by a layer of its own, since QGIS keeps what it has read.
    fresh = QgsVectorLayer(source, wish["id"], "OAPIF")
    result["inRect"] = ids(fresh, QgsFeatureRequest().setFilterRect(rectangle(wish["rect"])))
    result["byExpression"] = ids(layer, QgsFeatureRequest().setFilterExpression(wish["filter"]))
    narrowed = QgsVectorLayer(source, wish["id"], "OAPIF")
    result["isNarrowed"] = narrowed.setSubsetString(wish["filter"])
    result["bySubset"] = ids(narrowed)
    return result


def painted(layer, rect):
    """How many pixels of a picture are not white."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    settings.setExtent(rectangle(rect))
    settings.setOutputSize(QSize(256, 256))
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return sum(
        image.pixelColor(x, y) != QColor("white") for x in range(image.width()) for y in range(image.height())
    )


def read_tiles(wish):
    address = f"{url}/tiles/{wish['id']}/{{z}}/{{x}}/{{y}}.mvt"
    layer = QgsVectorTileLayer(f"type=xyz&url={address}&zmin=0&zmax=14", wish["id"])
    tile = QgsVectorLayer(f"MVT:{url}/tiles/{wish['tile']}|layername={wish['id']}", wish["id"], "ogr")
    return {
        "valid": layer.isValid(),
        "painted": painted(layer, wish["rect"]),
        "numbers": sorted({feature["mvt_id"] for feature in tile.getFeatures()}) if tile.isValid() else None,
    }


def open_definition(path):
    project = QgsProject()
    group = QgsLayerTreeGroup()
    isRead, error = QgsLayerDefinition.loadLayerDefinition(path, project, group)
    layers = list(project.mapLayers().values())
    return {
        "isRead": isRead,
        "error": error,
        "layers": [
            {
                "name": layer.name(),
                "valid": layer.isValid(),
                "ids": ids(layer) if layer.isValid() and isinstance(layer, QgsVectorLayer) else None,
            }
            for layer in layers
        ],
    }


answer = {
    "collections": {wish["id"]: read_collection(wish) for wish in plan["collections"]},
    "tiles": {wish["id"]: read_tiles(wish) for wish in plan["tiles"]},
    "definitions": {name: open_definition(path) for name, path in plan["definitions"].items()},
}
print(json.dumps(answer))
sys.stdout.flush()
# Not through exitQgis: it ends what its own threads still use.
os._exit(0)
