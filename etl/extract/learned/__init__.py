"""The attribution model: Doc -> attributions, found by a network that was trained for it (etl/train)."""

import sys
from types import ModuleType
from typing import cast

# OpenVINO imports its telemetry for a converter that is never called here. Nothing of Quoth reports to anybody.
sys.modules.setdefault("openvino_telemetry", cast(ModuleType, None))
