/* wasm3 on x86, in addition to what the machine's layout.h defines. All RAM is mapped one to one: image, module, wasm3's heap and stacks below
 * the comm region. In the page before linear memory is wasm3's header. */
#pragma once

#define LARGEST_RAM COMM_REGION
#define NULL_PAGES program.null_pages
/* MORE_CPUS have addresses, so many have stacks. */
#define STARTABLE_CPUS program.more_cpus
