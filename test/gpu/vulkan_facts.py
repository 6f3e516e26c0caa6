"""Prints what Vulkan says of each device as JSON, asking the loader itself: no package has to be installed."""

import ctypes
import json
import struct

LIMITS = {
    # Offsets in VkPhysicalDeviceLimits, as vulkan_core.h lays it out for 64 bits.
    'maxStorageBufferRange': (28, 'I'),
    'maxMemoryAllocationCount': (36, 'I'),
    'maxComputeSharedMemorySize': (216, 'I'),
    'maxComputeWorkGroupCountX': (220, 'I'),
    'maxComputeWorkGroupInvocations': (232, 'I'),
    'maxComputeWorkGroupSizeX': (236, 'I'),
    'timestampPeriod': (424, 'f'),
}
TYPES = ['other', 'integrated', 'discrete', 'virtual', 'cpu']
DEVICE_LOCAL = 1
DRIVER_PROPERTIES = 1000196000
PROPERTIES2 = 1000059001


def version(number):
    return f'{number >> 22 & 127}.{number >> 12 & 1023}.{number & 4095}'


def text(raw):
    return raw.split(b'\0')[0].decode('utf8', 'replace')


def facts(vulkan, device):
    # VkPhysicalDeviceDriverProperties: type, next, id, name[256], info[256], conformance version.
    driver = ctypes.create_string_buffer(16 + 4 + 256 + 256 + 4)
    struct.pack_into('=i4xQ', driver, 0, DRIVER_PROPERTIES, 0)
    # VkPhysicalDeviceProperties2: type, next, properties.
    buffer = ctypes.create_string_buffer(16 + 824)
    struct.pack_into('=i4xQ', buffer, 0, PROPERTIES2, ctypes.addressof(driver))
    vulkan.vkGetPhysicalDeviceProperties2(device, buffer)
    properties = buffer.raw[16:]
    api, own, vendor, number, kind = struct.unpack_from('=5I', properties)
    memory = ctypes.create_string_buffer(4 + 32 * 8 + 4 + 16 * 16)
    vulkan.vkGetPhysicalDeviceMemoryProperties(device, memory)
    (heaps,) = struct.unpack_from('=I', memory, 260)
    sizes = [struct.unpack_from('=QI', memory, 264 + 16 * at) for at in range(heaps)]
    limits = {name: struct.unpack_from(f'={form}', properties, 296 + at)[0] for name, (at, form) in LIMITS.items()}
    return {
        'name': text(properties[20:276]),
        'type': TYPES[kind] if kind < len(TYPES) else str(kind),
        'vendor': f'{vendor:#06x}',
        'device': f'{number:#06x}',
        'api': version(api),
        'driver': text(driver.raw[20:276]),
        'driverVersion': text(driver.raw[276:532]) or str(own),
        'localMemory': max([size for size, flags in sizes if flags & DEVICE_LOCAL], default=0),
        **limits,
    }


def devices():
    vulkan = ctypes.CDLL('libvulkan.so.1')
    # VkApplicationInfo: type, next, name, version, engine, version, API; then VkInstanceCreateInfo.
    application = ctypes.create_string_buffer(struct.pack('=i4xQQI4xQII', 0, 0, 0, 0, 0, 0, 1 << 22 | 1 << 12))
    info = ctypes.create_string_buffer(
        struct.pack('=i4xQI4xQI4xQI4xQ', 1, 0, 0, ctypes.addressof(application), 0, 0, 0, 0)
    )
    instance = ctypes.c_void_p()
    if vulkan.vkCreateInstance(info, None, ctypes.byref(instance)) != 0:
        return []
    count = ctypes.c_uint32()
    vulkan.vkEnumeratePhysicalDevices(instance, ctypes.byref(count), None)
    found = (ctypes.c_void_p * count.value)()
    vulkan.vkEnumeratePhysicalDevices(instance, ctypes.byref(count), found)
    return [facts(vulkan, ctypes.c_void_p(each)) for each in found]


print(json.dumps(devices()))
