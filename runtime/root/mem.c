/*
 * Physical memory for a shell script on root's Linux, by mmap() of /dev/mem. read() and write() of /dev/mem, so dd, do not do on arm64: they
 * fail with EFAULT for all memory that is not Linux' own (valid_phys_addr_range), and cells' memory is not; what they do reach they reach
 * cached, while cells have it as a device. A mapping of foreign memory is uncached, and an access of it is one load or store of its width.
 *
 *   mem FILE read BITS ADDRESS           prints the word, 8 or 16 digits
 *   mem FILE write BITS ADDRESS VALUE
 *   mem FILE copy ADDRESS BYTES          to stdout, words of 64 bits
 *
 * Numbers are hexadecimal; BITS is 32 or 64. What fails is said as "open: 13", the number being errno's. Without arguments it does nothing,
 * which shows whether it can run at all.
 */
#include "calls.h"

typedef unsigned int u32;
typedef unsigned long u64;

enum { AT_FDCWD = -100, O_RDWR = 2, O_SYNC = 04010000, PROT_READ_WRITE = 3, MAP_SHARED = 1 };

/* A multiple of every page size that there is. */
#define WINDOW 0x100000ul
#define PAGES 0x10000ul

static u64 block[0x2000];

static u64 length_of(const char *text)
{
	u64 length = 0;
	while (text[length] != 0)
		length++;
	return length;
}

static void put(int file, const void *bytes, u64 size)
{
	while (size > 0) {
		long done = call(CALL_WRITE, file, (long)bytes, size, 0, 0, 0);
		/* Whoever reads has gone. */
		if (done <= 0)
			call(CALL_EXIT, 1, 0, 0, 0, 0, 0);
		bytes = (const char *)bytes + done;
		size -= done;
	}
}

static void fail(const char *what, long error)
{
	char digits[4];
	int at = 4;
	for (digits[--at] = '\n'; error != 0 && at > 0; error /= 10)
		digits[--at] = '0' + error % 10;
	put(2, what, length_of(what));
	put(2, ": ", 2);
	put(2, digits + at, 4 - at);
	call(CALL_EXIT, 1, 0, 0, 0, 0, 0);
}

static u64 number(const char *text)
{
	u64 value = 0;
	for (; *text != 0; text++)
		value = value << 4 | (*text <= '9' ? *text - '0' : (*text | 0x20) - 'a' + 10);
	return value;
}

static void print(u64 value, int digits)
{
	char text[17];
	for (int i = 0; i < digits; i++)
		text[i] = "0123456789abcdef"[value >> 4 * (digits - 1 - i) & 15];
	text[digits] = '\n';
	put(1, text, digits + 1);
}

/* Around the address, which the result stands for. */
static volatile void *map(long file, u64 address)
{
	u64 start = address & ~(PAGES - 1);
	long at = call(CALL_MMAP, 0, WINDOW + PAGES, PROT_READ_WRITE, MAP_SHARED, file, start);
	if (at < 0 && at > -4096)
		fail("map", -at);
	return (volatile char *)at + (address - start);
}

static void copy(long file, u64 address, u64 size)
{
	while (size > 0) {
		u64 part = size < WINDOW ? size : WINDOW;
		volatile u64 *from = map(file, address);
		long mapped = (long)from - (address & (PAGES - 1));
		for (u64 done = 0; done < part;) {
			u64 words = 0;
			for (; words < sizeof block / 8 && done < part; done += 8)
				block[words++] = *from++;
			put(1, block, words * 8 - (done > part ? done - part : 0));
		}
		call(CALL_MUNMAP, mapped, WINDOW + PAGES, 0, 0, 0, 0);
		address += part;
		size -= part;
	}
}

void run(long *stack)
{
	long count = *stack;
	char **arguments = (char **)(stack + 1);
	if (count < 5)
		call(CALL_EXIT, 0, 0, 0, 0, 0, 0);
	long file = call(CALL_OPENAT, AT_FDCWD, (long)arguments[1], O_RDWR | O_SYNC, 0, 0, 0);
	if (file < 0)
		fail("open", -file);
	if (arguments[2][0] == 'c') {
		copy(file, number(arguments[3]), number(arguments[4]));
	} else {
		int is_wide = arguments[3][0] == '6';
		volatile void *at = map(file, number(arguments[4]));
		if (arguments[2][0] == 'r')
			print(is_wide ? *(volatile u64 *)at : *(volatile u32 *)at, is_wide ? 16 : 8);
		else if (is_wide)
			*(volatile u64 *)at = number(arguments[5]);
		else
			*(volatile u32 *)at = number(arguments[5]);
	}
	call(CALL_EXIT, 0, 0, 0, 0, 0, 0);
}
